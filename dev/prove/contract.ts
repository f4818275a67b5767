// The facts of the contract that drawing and judging share, written down apart from the action's own.

interface Service {
  readonly scope: string;
  readonly prefix: string;
  /** Whether `verify: service` has an address of its own. */
  readonly endpoint: boolean;
}

const firefly = 'openid,AdobeID,session,additional_info,read_organizations,firefly_api,ff_apis';
const twoApis = 'openid,AdobeID,firefly_api,ff_apis';

export const services = {
  firefly: row(firefly, 'FIREFLY_SERVICES', true),
  'firefly-enterprise': row('openid,AdobeID,firefly_enterprise', 'FIREFLY_SERVICES', false),
  photoshop: row(twoApis, 'PS_FF_SERVICES', false),
  lightroom: row('openid,AdobeID,read_organizations', 'LR_FF_SERVICES', false),
  'custom-models': row(twoApis, 'CUSTOM_MODELS', true),
  'audio-video': row(twoApis, 'FIREFLY_SERVICES', true),
  indesign: row(
    'openid,AdobeID,creative_sdk,firefly_api,ff_apis,indesign_services',
    'FIREFLY_SERVICES',
    true,
  ),
  illustrator: row(
    'openid,AdobeID,ff_apis,firefly_enterprise,illustrator_services_beta',
    'ILLUSTRATOR_API',
    false,
  ),
  'substance-3d': row(
    'openid,AdobeID,read_organizations,email,firefly_api,firefly_enterprise,profile,' +
      'substance3d_api.spaces.create,substance3d_api.jobs.create',
    'S3D_FF_SERVICES',
    false,
  ),
  'creative-production': row(firefly, 'WFB', true),
} as const;

export type ServiceName = keyof typeof services;

/** Whether a status asks for another try. */
export function isRetried(status: number): boolean {
  return [408, 425, 429].includes(status) || (status >= 500 && status < 600);
}

/** The longest jitter after the attempt with number `nth`, from 1: 500 ms, doubled each time, 10 s at most. */
export function longestJitterMs(nth: number): number {
  return Math.min(10_000, 500 * 2 ** (nth - 1));
}

function row(scope: string, prefix: string, endpoint: boolean): Service {
  return { scope, prefix, endpoint };
}

/** The presets: what each of Adobe's services wants. Adding a service is adding a row. */

export interface Service {
  /** The scopes that the service's documentation asks for. */
  readonly scopes: readonly string[];
  /** The environment variables' prefix that the documentation's samples use. */
  readonly envPrefix: string;
  /** What `verify: service` GETs: cheap, without side effects. Absent where no such address is known. */
  readonly verifyUrl?: string;
  /** Whether the service demands the organization's header. */
  readonly orgHeader?: true;
  /** Whether the variables by which Adobe's `aio` finds a token are set too. */
  readonly setsAioVariables?: true;
  /** The page of Adobe's documentation that the row comes from. */
  readonly docs: string;
}

const FIREFLY_SCOPES = [
  'openid',
  'AdobeID',
  'session',
  'additional_info',
  'read_organizations',
  'firefly_api',
  'ff_apis',
] as const;

export const SERVICES = {
  firefly: {
    scopes: FIREFLY_SCOPES,
    envPrefix: 'FIREFLY_SERVICES',
    verifyUrl: 'https://firefly-api.adobe.io/v3/custom-models',
    docs: 'https://developer.adobe.com/firefly-services/docs/firefly-api/guides/concepts/authentication/',
  },
  'firefly-enterprise': {
    scopes: ['openid', 'AdobeID', 'firefly_enterprise'],
    envPrefix: 'FIREFLY_SERVICES',
    docs: 'https://developer.adobe.com/firefly-services/docs/audio-video-api/getting_started',
  },
  photoshop: {
    scopes: ['openid', 'AdobeID', 'firefly_api', 'ff_apis'],
    envPrefix: 'PS_FF_SERVICES',
    verifyUrl: 'https://image.adobe.io/pie/psdService/hello',
    docs: 'https://developer.adobe.com/firefly-services/docs/photoshop/getting-started/',
  },
  lightroom: {
    scopes: ['openid', 'AdobeID', 'read_organizations'],
    envPrefix: 'LR_FF_SERVICES',
    docs: 'https://developer.adobe.com/firefly-services/docs/lightroom/getting-started/',
  },
  'custom-models': {
    scopes: ['openid', 'AdobeID', 'firefly_api', 'ff_apis'],
    envPrefix: 'CUSTOM_MODELS',
    verifyUrl: 'https://firefly-api.adobe.io/v3/custom-models',
    docs: 'https://developer.adobe.com/firefly-services/docs/firefly-api/guides/how-tos/cm-generate-image/',
  },
  'audio-video': {
    scopes: ['openid', 'AdobeID', 'firefly_api', 'ff_apis'],
    envPrefix: 'FIREFLY_SERVICES',
    verifyUrl: 'https://audio-video-api.adobe.io/v1/voices',
    docs: 'https://developer.adobe.com/audio-video-firefly-services/getting_started/',
  },
  indesign: {
    scopes: ['openid', 'AdobeID', 'indesign_services', 'creative_cloud', 'creative_sdk'],
    envPrefix: 'FIREFLY_SERVICES',
    verifyUrl: 'https://indesign.adobe.io/v3/app-versions',
    docs: 'https://developer.adobe.com/firefly-services/docs/indesign-apis/getting_started',
  },
  illustrator: {
    scopes: ['openid', 'AdobeID', 'ff_apis', 'firefly_enterprise', 'illustrator_services_beta'],
    envPrefix: 'ILLUSTRATOR_API',
    docs: 'https://developer.adobe.com/firefly-services/docs/illustrator/getting-started/',
  },
  'substance-3d': {
    scopes: [
      'openid',
      'AdobeID',
      'read_organizations',
      'email',
      'firefly_api',
      'firefly_enterprise',
      'profile',
      'substance3d_api.spaces.create',
      'substance3d_api.jobs.create',
    ],
    envPrefix: 'S3D_FF_SERVICES',
    docs: 'https://developer.adobe.com/firefly-services/docs/s3dapi/getting-started',
  },
  'workflow-builder': {
    scopes: FIREFLY_SCOPES,
    envPrefix: 'WFB',
    verifyUrl: 'https://run-workflow.adobe.io/batches',
    docs: 'https://developer.adobe.com/firefly-services/docs/workflow-builder-api/getting-started/',
  },
  'content-tagging': {
    scopes: ['openid', 'AdobeID', 'session', 'additional_info'],
    envPrefix: 'CONTENT_TAGGING',
    docs: 'https://experienceleague.adobe.com/docs/experience-platform/intelligent-services/content-commerce-ai/getting-started.html',
  },
} as const satisfies Readonly<Record<string, Service>>;

export type ServiceName = keyof typeof SERVICES;

export const SERVICE_NAMES = Object.keys(SERVICES) as readonly ServiceName[];

export const DEFAULT_SERVICE: ServiceName = 'firefly';

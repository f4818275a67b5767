// The presets: the contract's row by row, and every one fit for the inputs that it stands in for.
import { describe, expect, test } from '@jest/globals';
import { parseEnvPrefix, parseScopes, parseServices } from '../src/inputs/parsers.ts';
import {
  SERVICE_ALIASES,
  SERVICE_HOSTS,
  SERVICE_NAMES,
  SERVICES,
  type Service,
} from '../src/services.ts';

const fireflyScope =
  'openid,AdobeID,session,additional_info,read_organizations,firefly_api,ff_apis';
const apiScope = 'openid,AdobeID,firefly_api,ff_apis';
const managementScope =
  'AdobeID,openid,read_organizations,additional_info.projectedProductContext,additional_info.roles,adobeio_api,read_client_secret,manage_client_secrets';
const modelsUrl = 'https://firefly-api.adobe.io/v3/custom-models';

/** Name, scope, prefix, address; whether it wants the organization's header. */
const rows: readonly (readonly [string, string, string, (string | undefined)?, 'org'?])[] = [
  ['firefly', fireflyScope, 'FIREFLY_SERVICES', modelsUrl],
  ['firefly-enterprise', 'openid,AdobeID,firefly_enterprise', 'FIREFLY_SERVICES'],
  ['photoshop', apiScope, 'PS_FF_SERVICES'],
  ['lightroom', 'openid,AdobeID,read_organizations', 'LR_FF_SERVICES'],
  ['custom-models', apiScope, 'CUSTOM_MODELS', modelsUrl],
  ['audio-video', apiScope, 'FIREFLY_SERVICES', 'https://audio-video-api.adobe.io/v1/voices'],
  [
    'indesign',
    'openid,AdobeID,creative_sdk,firefly_api,ff_apis,indesign_services',
    'FIREFLY_SERVICES',
    'https://indesign.adobe.io/v3/app-versions',
  ],
  [
    'illustrator',
    'openid,AdobeID,ff_apis,firefly_enterprise,illustrator_services_beta',
    'ILLUSTRATOR_API',
  ],
  [
    'substance-3d',
    'openid,AdobeID,read_organizations,email,firefly_api,firefly_enterprise,profile,substance3d_api.spaces.create,substance3d_api.jobs.create',
    'S3D_FF_SERVICES',
  ],
  ['creative-production', fireflyScope, 'WFB', 'https://run-workflow.adobe.io/batches', 'org'],
  [
    'content-tagging',
    'openid,AdobeID,session,additional_info,firefly_api,ff_apis',
    'CONTENT_TAGGING',
    undefined,
    'org',
  ],
  [
    'express',
    'openid,AdobeID,ee.express_api',
    'EXPRESS',
    'https://express-api.adobe.io/beta/tagged-documents',
  ],
  ['app-builder', managementScope, 'APP_BUILDER'],
  ['io-management', managementScope, 'IO_MANAGEMENT'],
  [
    'edge-delivery',
    'openid,AdobeID,aem.frontend.all,read_organizations,additional_info.projectedProductContext',
    'EDGE_DELIVERY',
  ],
  [
    'cloud-manager',
    'openid,AdobeID,read_organizations,additional_info.projectedProductContext,read_pc.dma_aem_ams',
    'CLOUD_MANAGER',
    undefined,
    'org',
  ],
  [
    'experience-platform',
    'openid,AdobeID,read_organizations,additional_info.projectedProductContext,session',
    'EXPERIENCE_PLATFORM',
    undefined,
    'org',
  ],
  [
    'tags',
    'AdobeID,openid,read_organizations,additional_info.job_function,additional_info.projectedProductContext,additional_info.roles',
    'TAGS',
    undefined,
    'org',
  ],
  ['frame-io', 'openid,AdobeID,frame.s2s.all', 'FRAME_IO', 'https://api.frame.io/v4/me'],
  ['pdf-services', 'openid,AdobeID,DCAPI', 'PDF_SERVICES'],
  [
    'commerce',
    'AdobeID,openid,email,profile,additional_info.roles,additional_info.projectedProductContext,commerce.accs',
    'COMMERCE',
    undefined,
    'org',
  ],
  [
    'analytics',
    'openid,AdobeID,read_organizations,additional_info.projectedProductContext,additional_info.job_function',
    'ANALYTICS',
    'https://analytics.adobe.io/discovery/me',
    'org',
  ],
  ['aem-assets', 'openid,AdobeID,aem.folders,aem.assets.author', 'AEM'],
  ['user-management', 'openid,AdobeID,user_management_sdk', 'USER_MANAGEMENT'],
];

test('the presets are the rows of the contract, in this order', () => {
  const found = Object.entries<Service>(SERVICES).map(([name, service]) => [
    name,
    service.scopes.join(),
    service.envPrefix,
    service.verifyUrl,
    service.orgHeader && 'org',
  ]);
  const expected = rows.map((row) => [...row, undefined, undefined].slice(0, 5));
  expect(found).toEqual(expected);
});

test('app-builder alone sets the variables of aio', () => {
  const setting = Object.entries<Service>(SERVICES).filter(([, row]) => row.setsAioVariables);
  expect(setting.map(([name]) => name)).toEqual(['app-builder']);
});

test('an earlier name stays good, and is no name of its own', () => {
  for (const [earlier, today] of SERVICE_ALIASES) {
    expect(SERVICE_NAMES).not.toContain(earlier);
    expect(parseServices(`${earlier}, ${today}`)).toEqual({ value: [today] });
  }
  expect([...SERVICE_ALIASES.keys()]).toEqual(['workflow-builder']);
});

test('the hosts of the table are those of its addresses', () => {
  const hosts = rows.flatMap(([, , , url]) => (url ? [new URL(url).hostname] : []));
  expect(new Set(SERVICE_HOSTS)).toEqual(new Set(hosts));
  expect(SERVICE_HOSTS).toContain('api.frame.io');
});

describe.each(SERVICE_NAMES)('the preset %s', (name) => {
  const service: Service = SERVICES[name];

  test('names a page of Adobe', () => {
    expect(service.docs).toMatch(
      /^https:\/\/((developer|experienceleague)\.adobe\.com|developer\.frame\.io|github\.com\/adobe|adobe-apiplatform\.github\.io)\/\S+$/,
    );
  });

  test('holds what its inputs would take', () => {
    expect(parseScopes(service.scopes.join())).toEqual({ value: service.scopes });
    expect(parseEnvPrefix(service.envPrefix)).toEqual({ value: service.envPrefix });
  });
});

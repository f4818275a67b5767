// The presets: the contract's row by row, and every one fit for the inputs that it stands in for.
import { describe, expect, test } from '@jest/globals';
import { parseAllowedUrl, parseEnvPrefix, parseScopes } from '../src/inputs/parsers.ts';
import { DEFAULT_SERVICE, SERVICE_NAMES, SERVICES, type Service } from '../src/services.ts';

const fireflyScope =
  'openid,AdobeID,session,additional_info,read_organizations,firefly_api,ff_apis';
const apiScope = 'openid,AdobeID,firefly_api,ff_apis';
const modelsUrl = 'https://firefly-api.adobe.io/v3/custom-models';

const rows = [
  ['firefly', fireflyScope, 'FIREFLY_SERVICES', modelsUrl],
  ['firefly-enterprise', 'openid,AdobeID,firefly_enterprise', 'FIREFLY_SERVICES', undefined],
  ['photoshop', apiScope, 'PS_FF_SERVICES', 'https://image.adobe.io/pie/psdService/hello'],
  ['lightroom', 'openid,AdobeID,read_organizations', 'LR_FF_SERVICES', undefined],
  ['custom-models', apiScope, 'CUSTOM_MODELS', modelsUrl],
  ['audio-video', apiScope, 'FIREFLY_SERVICES', 'https://audio-video-api.adobe.io/v1/voices'],
  [
    'indesign',
    'openid,AdobeID,indesign_services,creative_cloud,creative_sdk',
    'FIREFLY_SERVICES',
    'https://indesign.adobe.io/v3/app-versions',
  ],
  [
    'illustrator',
    'openid,AdobeID,ff_apis,firefly_enterprise,illustrator_services_beta',
    'ILLUSTRATOR_API',
    undefined,
  ],
  [
    'substance-3d',
    'openid,AdobeID,read_organizations,email,firefly_api,firefly_enterprise,profile,substance3d_api.spaces.create,substance3d_api.jobs.create',
    'S3D_FF_SERVICES',
    undefined,
  ],
  ['workflow-builder', fireflyScope, 'WFB', 'https://run-workflow.adobe.io/batches'],
] as const;

test('the presets of the contract come first, in this order, and firefly is the default', () => {
  expect(SERVICE_NAMES.slice(0, rows.length)).toEqual(rows.map(([name]) => name));
  expect(DEFAULT_SERVICE).toBe('firefly');
});

test.each(rows)('the preset %s has its scope, prefix and address', (...row) => {
  const [name, scope, envPrefix, verifyUrl] = row;
  const service: Service = SERVICES[name];
  expect(service.scopes.join()).toBe(scope);
  expect(service.envPrefix).toBe(envPrefix);
  expect(service.verifyUrl).toBe(verifyUrl);
});

describe.each(SERVICE_NAMES)('the preset %s', (name) => {
  const service: Service = SERVICES[name];

  test('names the page of Adobe that it comes from', () => {
    expect(service.docs).toMatch(
      /^https:\/\/(developer|experienceleague)\.adobe\.com\/[a-z-]+\/\S+$/,
    );
  });

  test('holds what its inputs would take', () => {
    expect(parseScopes(service.scopes.join())).toEqual({ value: service.scopes });
    expect(parseEnvPrefix(service.envPrefix)).toEqual({ value: service.envPrefix });
    if (service.verifyUrl === undefined) return;
    const rules = { allowedHosts: [], query: 'allowed' } as const;
    expect(parseAllowedUrl(service.verifyUrl, rules)).toEqual({ value: service.verifyUrl });
  });
});

/** The presets: what each of Adobe's services wants. Adding a service is adding a row. */

export interface Service {
  /** The scopes that the source asks for. */
  readonly scopes: readonly string[];
  /** The environment variables' prefix that the source's samples use. */
  readonly envPrefix: string;
  /** What `verify: service` GETs: cheap, without side effects. Absent where no such address is known. */
  readonly verifyUrl?: string;
  /** Whether the service demands the header `x-gw-ims-org-id`. */
  readonly orgHeader?: true;
  /** Whether the variables by which Adobe's `aio` finds a token are set too. */
  readonly setsAioVariables?: true;
  /** Where the row was read, or else the documentation of the service. */
  readonly docs: string;
}

const FIREFLY_SERVICES = 'https://developer.adobe.com/firefly-services/docs';
const EXPERIENCE_LEAGUE = 'https://experienceleague.adobe.com';

const FIREFLY_SCOPES = split(
  'openid,AdobeID,session,additional_info,read_organizations,firefly_api,ff_apis',
);
const MODELS_URL = 'https://firefly-api.adobe.io/v3/custom-models';
const MANAGEMENT_SCOPES = split(
  'AdobeID,openid,read_organizations,additional_info.projectedProductContext,additional_info.roles,adobeio_api,read_client_secret,manage_client_secrets',
);

/** The presets, in the order in which documents list them. */
export const SERVICES = {
  firefly: {
    scopes: FIREFLY_SCOPES,
    envPrefix: 'FIREFLY_SERVICES',
    verifyUrl: MODELS_URL,
    docs: `${FIREFLY_SERVICES}/firefly-api/getting-started/`,
  },
  'firefly-enterprise': {
    scopes: split('openid,AdobeID,firefly_enterprise'),
    envPrefix: 'FIREFLY_SERVICES',
    docs: `${FIREFLY_SERVICES}/audio-video-api/getting_started`,
  },
  // Adobe announced the end of the Photoshop API v1 and of the Lightroom API for 2026-07-31. Tokens are
  // got as before, so the rows stay. Nothing is called to verify them: `hello` was v1's, and the only GET
  // of v2 wants a job's ID.
  photoshop: {
    scopes: split('openid,AdobeID,firefly_api,ff_apis'),
    envPrefix: 'PS_FF_SERVICES',
    docs: `${FIREFLY_SERVICES}/photoshop/getting-started/`,
  },
  lightroom: {
    scopes: split('openid,AdobeID,read_organizations'),
    envPrefix: 'LR_FF_SERVICES',
    docs: `${FIREFLY_SERVICES}/lightroom/getting-started/`,
  },
  'custom-models': {
    scopes: split('openid,AdobeID,firefly_api,ff_apis'),
    envPrefix: 'CUSTOM_MODELS',
    verifyUrl: MODELS_URL,
    docs: `${FIREFLY_SERVICES}/firefly-api/guides/how-tos/cm-generate-image/`,
  },
  'audio-video': {
    scopes: split('openid,AdobeID,firefly_api,ff_apis'),
    envPrefix: 'FIREFLY_SERVICES',
    verifyUrl: 'https://audio-video-api.adobe.io/v1/voices',
    docs: 'https://developer.adobe.com/audio-video-firefly-services/getting-started/',
  },
  // The page names no scopes: these are the Console's of 2026-09-11, and working code's.
  indesign: {
    scopes: split('openid,AdobeID,creative_sdk,firefly_api,ff_apis,indesign_services'),
    envPrefix: 'FIREFLY_SERVICES',
    verifyUrl: 'https://indesign.adobe.io/v3/app-versions',
    docs: `${FIREFLY_SERVICES}/indesign-apis/getting_started`,
  },
  illustrator: {
    scopes: split('openid,AdobeID,ff_apis,firefly_enterprise,illustrator_services_beta'),
    envPrefix: 'ILLUSTRATOR_API',
    docs: `${FIREFLY_SERVICES}/illustrator/getting-started/`,
  },
  'substance-3d': {
    scopes: split(
      'openid,AdobeID,read_organizations,email,firefly_api,firefly_enterprise,profile,substance3d_api.spaces.create,substance3d_api.jobs.create',
    ),
    envPrefix: 'S3D_FF_SERVICES',
    docs: `${FIREFLY_SERVICES}/s3dapi/getting-started`,
  },
  'creative-production': {
    scopes: FIREFLY_SCOPES,
    envPrefix: 'WFB',
    verifyUrl: 'https://run-workflow.adobe.io/batches',
    orgHeader: true,
    docs: `${FIREFLY_SERVICES}/workflow-builder-api/getting-started/`,
  },
  // The page names no scopes: these are third parties' working code's.
  'content-tagging': {
    scopes: split('openid,AdobeID,session,additional_info,firefly_api,ff_apis'),
    envPrefix: 'CONTENT_TAGGING',
    orgHeader: true,
    docs: `${EXPERIENCE_LEAGUE}/docs/experience-platform/intelligent-services/content-commerce-ai/getting-started.html`,
  },
  express: {
    scopes: split('openid,AdobeID,ee.express_api'),
    envPrefix: 'EXPRESS',
    verifyUrl: 'https://express-api.adobe.io/beta/tagged-documents',
    docs: `${FIREFLY_SERVICES}/express-api/getting-started/`,
  },
  'app-builder': {
    scopes: MANAGEMENT_SCOPES,
    envPrefix: 'APP_BUILDER',
    setsAioVariables: true,
    docs: `${FIREFLY_SERVICES}/firefly-api/getting-started/dev-console/`,
  },
  'io-management': {
    scopes: MANAGEMENT_SCOPES,
    envPrefix: 'IO_MANAGEMENT',
    docs: 'https://developer.adobe.com/developer-console/docs/guides/authentication/ServerToServerAuthentication/implementation/',
  },
  'edge-delivery': {
    scopes: split(
      'openid,AdobeID,aem.frontend.all,read_organizations,additional_info.projectedProductContext',
    ),
    envPrefix: 'EDGE_DELIVERY',
    docs: 'https://github.com/adobe/helix-website/tree/main/tools/youtube-chapters',
  },
  'cloud-manager': {
    scopes: split(
      'openid,AdobeID,read_organizations,additional_info.projectedProductContext,read_pc.dma_aem_ams',
    ),
    envPrefix: 'CLOUD_MANAGER',
    orgHeader: true,
    docs: 'https://github.com/adobe/aio-cloudmanager-create-execution-action',
  },
  'experience-platform': {
    scopes: split(
      'openid,AdobeID,read_organizations,additional_info.projectedProductContext,session',
    ),
    envPrefix: 'EXPERIENCE_PLATFORM',
    orgHeader: true,
    docs: `${EXPERIENCE_LEAGUE}/docs/experience-platform/landing/platform-apis/api-authentication.html`,
  },
  // The scopes are the defaults of Adobe's tools for extensions, such as @adobe/reactor-uploader.
  tags: {
    scopes: split(
      'AdobeID,openid,read_organizations,additional_info.job_function,additional_info.projectedProductContext,additional_info.roles',
    ),
    envPrefix: 'TAGS',
    orgHeader: true,
    docs: `${EXPERIENCE_LEAGUE}/en/docs/experience-platform/tags/api/getting-started`,
  },
  // The scopes are those of two working clients. These tokens live for about an hour.
  'frame-io': {
    scopes: split('openid,AdobeID,frame.s2s.all'),
    envPrefix: 'FRAME_IO',
    verifyUrl: 'https://api.frame.io/v4/me',
    docs: 'https://developer.frame.io/platform/docs/guides/authentication/overview',
  },
  // The scopes are those of several working clients.
  'pdf-services': {
    scopes: split('openid,AdobeID,DCAPI'),
    envPrefix: 'PDF_SERVICES',
    docs: 'https://developer.adobe.com/document-services/docs/overview/pdf-services-api/gettingstarted/',
  },
  commerce: {
    scopes: split(
      'AdobeID,openid,email,profile,additional_info.roles,additional_info.projectedProductContext,commerce.accs',
    ),
    envPrefix: 'COMMERCE',
    orgHeader: true,
    docs: 'https://developer.adobe.com/commerce/services/cloud/guides/rest/authentication/server-to-server/',
  },
  // The scopes are those of several working clients, one of which found that it needs `job_function`.
  analytics: {
    scopes: split(
      'openid,AdobeID,read_organizations,additional_info.projectedProductContext,additional_info.job_function',
    ),
    envPrefix: 'ANALYTICS',
    verifyUrl: 'https://analytics.adobe.io/discovery/me',
    orgHeader: true,
    docs: 'https://developer.adobe.com/analytics-apis/docs/2.0/guides/',
  },
  // Its addresses are those of one's own environment.
  'aem-assets': {
    scopes: split('openid,AdobeID,aem.folders,aem.assets.author'),
    envPrefix: 'AEM',
    docs: `${EXPERIENCE_LEAGUE}/en/docs/experience-manager-learn/cloud-service/aem-apis/openapis/overview`,
  },
  'user-management': {
    scopes: split('openid,AdobeID,user_management_sdk'),
    envPrefix: 'USER_MANAGEMENT',
    docs: 'https://adobe-apiplatform.github.io/umapi-documentation/en/UM_Authentication.html',
  },
} as const satisfies Readonly<Record<string, Service>>;

export type ServiceName = keyof typeof SERVICES;

export const SERVICE_NAMES = Object.keys(SERVICES) as readonly ServiceName[];

/** Earlier names, which stay good: each with that of its row. */
export const SERVICE_ALIASES: ReadonlyMap<string, ServiceName> = new Map([
  ['workflow-builder', 'creative-production'],
]);

/** The hosts that the rows name: `verify-url` may name them too, wherever they lie. */
export const SERVICE_HOSTS: readonly string[] = Object.values<Service>(SERVICES).flatMap(
  ({ verifyUrl }) => (verifyUrl ? [new URL(verifyUrl).hostname] : []),
);

function split(scopes: string): readonly string[] {
  return scopes.split(',');
}

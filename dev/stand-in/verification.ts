// Where `verify: service` finds a service's endpoint on the stand-in: a token of the stand-in's must not go to Adobe.
import { DEFAULT_SERVICE } from '../../src/inputs/inputs.ts';
import { SERVICE_ALIASES, SERVICES, type Service } from '../../src/services.ts';

type Inputs = Readonly<Record<string, string>>;

/** What has to stand beside `inputs` so that they verify with the stand-in at `url`. */
export function pointVerification(
  { verify, service = DEFAULT_SERVICE }: Inputs,
  url: string,
): Inputs {
  const services: Readonly<Record<string, Service>> = SERVICES;
  const address = services[SERVICE_ALIASES.get(service) ?? service]?.verifyUrl;
  if (verify !== 'service' || address === undefined) return {};
  return { 'verify-url': `${url}${new URL(address).pathname}` };
}

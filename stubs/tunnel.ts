/**
 * Stands in the bundle for `tunnel`, by which @actions/http-client reaches a proxy: this action opens
 * its connections itself, and hands them over. It would load `assert`, which shows in every start.
 */

export function httpOverHttp(): never {
  throw new Error('tunnel is not part of this bundle');
}

export const httpOverHttps = httpOverHttp;
export const httpsOverHttp = httpOverHttp;
export const httpsOverHttps = httpOverHttp;

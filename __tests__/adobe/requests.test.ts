// What is sent to IMS and to a service.
import { describe, expect, test } from '@jest/globals';
import {
  invalidateRequest,
  serviceRequest,
  tokenRequest,
  validateRequest,
} from '../../src/adobe/requests.ts';
import { type Masked, Secret } from '../../src/secrets/secret.ts';
import { readForm } from '../support/scripted-exchange.ts';

const IMS = 'https://ims.example/base';
const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
/** Every character that a form must encode. */
const ODD = 'a+b&c=d%20 é?#/';

describe('the request', () => {
  const query = {
    imsUrl: IMS,
    clientId: 'the-client',
    secret: new Secret(ODD),
    scopes: ['openid', 'AdobeID', 'ff_apis'],
    orgId: undefined,
  };

  test('for a token is a form, with nothing in the query', () => {
    expect(tokenRequest(query)).toEqual({
      method: 'POST',
      url: 'https://ims.example/base/ims/token/v3',
      headers: FORM,
      body: 'grant_type=client_credentials&client_id=the-client&client_secret=a%2Bb%26c%3Dd%2520+%C3%A9%3F%23%2F&scope=openid%2CAdobeID%2Cff_apis',
    });
  });

  test('for a token names the organization where there is one', () => {
    expect(readForm(tokenRequest({ ...query, orgId: 'ORG@AdobeOrg' }))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'the-client',
      client_secret: ODD,
      scope: 'openid,AdobeID,ff_apis',
      org_id: 'ORG@AdobeOrg',
    });
  });

  test('for a token leaves an empty organization out', () => {
    expect(readForm(tokenRequest({ ...query, orgId: '' }))).not.toHaveProperty('org_id');
  });

  test('to validate a token bears it in the form and in the header', () => {
    expect(validateRequest(IMS, 'the&client', new Secret('to+ken') as Masked)).toEqual({
      method: 'POST',
      url: 'https://ims.example/base/ims/validate_token/v1',
      headers: { ...FORM, authorization: 'Bearer to+ken', 'x-ims-clientid': 'the&client' },
      body: 'type=access_token&client_id=the%26client&token=to%2Bken',
    });
  });

  test('to end a token ends no other', () => {
    const secret = new Secret(ODD);
    const request = invalidateRequest(IMS, 'the&client', secret, new Secret('to+ken'));
    expect({ ...request, body: readForm(request) }).toEqual({
      method: 'POST',
      url: 'https://ims.example/base/ims/invalidate_token/v2',
      headers: FORM,
      body: {
        token_type: 'access_token',
        token: 'to+ken',
        client_id: 'the&client',
        client_secret: ODD,
      },
    });
  });

  test('to a service bears the token, the client ID and, where it is known, the organization', () => {
    const url = 'https://service.example/a';
    const token = new Secret('token') as Masked;
    const headers = { authorization: 'Bearer token', 'x-api-key': 'the-client' };
    expect(serviceRequest(url, 'the-client', token, undefined)).toEqual({
      method: 'GET',
      url,
      headers,
      readsBeginning: true,
    });
    expect(serviceRequest(url, 'the-client', token, '12@AdobeOrg').headers).toEqual({
      ...headers,
      'x-gw-ims-org-id': '12@AdobeOrg',
    });
  });
});

/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	var __webpack_modules__ = ({

/***/ 442:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FU: () => (/* binding */ invalidateRequest),
/* harmony export */   RI: () => (/* binding */ serviceRequest),
/* harmony export */   S: () => (/* binding */ validateRequest),
/* harmony export */   jE: () => (/* binding */ tokenRequest)
/* harmony export */ });
/** The requests to Adobe IMS and to a service. No I/O. */
/**
 * The request for an access token by client credentials.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2
 * @see https://developer.adobe.com/developer-console/docs/guides/authentication/ServerToServerAuthentication/implementation
 */
function tokenRequest({ imsUrl, clientId, secret, scopes, orgId }) {
    return formRequest(`${imsUrl}/ims/token/v3`, {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: secret.reveal(),
        scope: scopes.join(','),
        ...(orgId ? { org_id: orgId } : {}),
    });
}
/** The request that asks IMS whether a token is valid. */
function validateRequest(imsUrl, clientId, token) {
    const request = formRequest(`${imsUrl}/ims/validate_token/v1`, {
        type: 'access_token',
        client_id: clientId,
        token: token.reveal(),
    });
    const headers = { authorization: `Bearer ${token.reveal()}`, 'x-ims-clientid': clientId };
    return { ...request, headers: { ...request.headers, ...headers } };
}
/** The request that ends a token. It never says `cascading`, which would end other tokens too. */
function invalidateRequest(imsUrl, clientId, secret, token) {
    return formRequest(`${imsUrl}/ims/invalidate_token/v2`, {
        token_type: 'access_token',
        token: token.reveal(),
        client_id: clientId,
        client_secret: secret.reveal(),
    });
}
/** The request that calls a service with a token. Several services demand the organization. */
function serviceRequest(url, clientId, token, orgId) {
    const headers = {
        authorization: `Bearer ${token.reveal()}`,
        'x-api-key': clientId,
        ...(orgId ? { 'x-gw-ims-org-id': orgId } : {}),
    };
    return { method: 'GET', url, headers, readsBeginning: true };
}
/** A POST with a form body: every value encoded, none in the query, where it would be logged. */
function formRequest(url, form) {
    return {
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: new URLSearchParams(form).toString(),
    };
}


/***/ }),

/***/ 742:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  f8: () => (/* binding */ readInvalidateResponse),
  re: () => (/* binding */ readServiceResponse),
  jz: () => (/* binding */ readTokenResponse),
  au: () => (/* binding */ readValidateResponse)
});

// EXTERNAL MODULE: ./src/errors.ts
var errors = __nccwpck_require__(231);
// EXTERNAL MODULE: ./src/secrets/redact.ts
var secrets_redact = __nccwpck_require__(511);
// EXTERNAL MODULE: ./src/secrets/secret.ts
var secret = __nccwpck_require__(18);
// EXTERNAL MODULE: ./src/values.ts
var values = __nccwpck_require__(434);
// EXTERNAL MODULE: ./src/http/response.ts
var http_response = __nccwpck_require__(944);
;// CONCATENATED MODULE: ./src/http/retry-after.ts
/** `Retry-After`: how long a server asks to wait. */

/** The one form of an HTTP date that does not name its time zone, which is GMT all the same. */
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}$/;
/** Whatever is longer counts as this: thirty years, a number that can still be printed. */
const MAX_MS = 1e12;
/**
 * The wait that a `Retry-After` header asks for, in milliseconds: 0 where it is absent or unreadable.
 * A date counts from the answer's own `Date` where it has one, since the two clocks need not agree.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
function readRetryAfterMs(response) {
    const value = (0,http_response/* readHeader */.a)(response, 'retry-after').trim();
    if (/^\d+$/.test(value))
        return Math.min(Number(value) * 1000, MAX_MS);
    const date = ASCTIME.test(value) ? `${value} GMT` : value;
    if (!/^[A-Z][a-z]{2}.* GMT$/.test(date))
        return 0;
    const sentMs = Date.parse((0,http_response/* readHeader */.a)(response, 'date'));
    const waitMs = Date.parse(date) - (Number.isNaN(sentMs) ? response.receivedAtMs : sentMs);
    return Math.min(Math.max(waitMs, 0) || 0, MAX_MS);
}

// EXTERNAL MODULE: ./src/messages.ts
var messages = __nccwpck_require__(364);
;// CONCATENATED MODULE: ./src/adobe/hints.ts
/** What Adobe's errors mean and what to do about them: a row each. */
const CREDENTIAL = 'the OAuth Server-to-Server credential in the Adobe Developer Console';
/** IMS's errors; the first match decides. */
const IMS_ROWS = [
    {
        error: 'invalid_client',
        description: /^(?!.*secret)(.*client[_ -]?id|missing\b)/is,
        topic: 'wrong-client-id',
        hint: `IMS does not know this client ID: compare \`client-id\` with ${CREDENTIAL}, and check that \`ims-url\` is its environment`,
    },
    {
        error: 'invalid_client',
        description: /^(?!.*client[_ -]?id).*secret/is,
        topic: 'wrong-client-secret',
        hint: `The client secret is wrong or was deleted: copy it again from ${CREDENTIAL} and update the GitHub secret`,
        refusesSecret: true,
    },
    {
        error: 'invalid_client',
        topic: 'wrong-client-secret',
        hint: `The client ID or the client secret is wrong: compare both with ${CREDENTIAL}, and update the GitHub secret`,
        refusesSecret: true,
    },
    {
        error: 'unauthorized_client',
        topic: 'wrong-credential-type',
        hint: 'The credential is of another type: add an OAuth Server-to-Server credential to the project in the Adobe Developer Console and use its client ID and secret',
    },
    ...['invalid_scope', 'invalid_target_scope'].map((error) => ({
        error,
        topic: 'wrong-scope',
        hint: 'Add the API to the project in the Adobe Developer Console, or correct `service` or `scope`: "View scopes per service" there lists what the credential may request',
    })),
    {
        error: 'access_denied',
        topic: 'access-denied',
        hint: "The credential's technical account is no longer in the organization: ask an administrator to add it again, or create a new credential",
    },
    {
        error: 'not_found',
        description: /organi[sz]ation/i,
        topic: 'organization-not-found',
        hint: 'Correct `org-id`: it looks like 1234567890ABCDEF@AdobeOrg, and most credentials need none',
    },
    {
        error: 'duplicate_binding',
        topic: 'several-organizations',
        hint: 'The credential serves several organizations: name one in `org-id`',
    },
];
/** The row for what IMS says, or undefined for what nobody has seen yet. */
function findImsHint(error, description) {
    return IMS_ROWS.find((row) => row.error === error && (row.description?.test(description) ?? true));
}
/** For an error of IMS that has no row. */
function unknownImsHint(status) {
    const address = status === 404 ? '`ims-url` (nothing answers at this address), ' : '';
    return {
        topic: 'refused',
        hint: `IMS refuses the request: check ${address}\`client-id\`, \`scope\` and ${CREDENTIAL}`,
    };
}
const TOKEN_REFUSED = {
    topic: 'token-refused',
    hint: 'The service does not accept this token: check that `ims-url` and the service belong to the same environment, and that the credential is an OAuth Server-to-Server one',
};
const API_NOT_ADDED = {
    topic: 'api-not-added',
    hint: 'The service does not know this client ID: add its API to the project in the Adobe Developer Console, and check that `service` names the right one',
};
const NOT_ENTITLED = {
    topic: 'not-entitled',
    hint: "The credential has no product profile that includes this service: have the organization's administrator add one in the Adobe Developer Console",
};
/** By a gateway's error code or the `x-access-error` header. */
const GATEWAY_ROWS = {
    '401013': TOKEN_REFUSED,
    '403010': TOKEN_REFUSED,
    '403000': API_NOT_ADDED,
    '403003': API_NOT_ADDED,
    '403025': NOT_ENTITLED,
    user_profile_denied: NOT_ENTITLED,
    user_non_entitled: NOT_ENTITLED,
    quota_exhausted: {
        topic: 'quota-exhausted',
        hint: "The organization's quota for this service is used up: buy more or wait for the next period",
    },
    invalid_ims_scope: {
        topic: 'wrong-scope',
        hint: 'The token lacks a scope that the service requires: correct `scope`, or leave it out to request what `service` needs',
    },
};
/** The row for what a service's gateway says: by its header, else its error code, else the status. */
function findGatewayHint(accessError, error, status) {
    for (const name of [accessError, error]) {
        if (Object.hasOwn(GATEWAY_ROWS, name))
            return GATEWAY_ROWS[name];
    }
    return status === 401 ? TOKEN_REFUSED : undefined;
}
/** For a service's refusal that has no row. */
const UNKNOWN_REFUSAL = {
    topic: 'verification-refused',
    hint: 'The service refuses this token, or has no such address',
};
/** For a token that IMS does not confirm. */
const NOT_CONFIRMED_BY_IMS = {
    topic: 'token-not-valid',
    hint: 'IMS did not confirm this token: check that `ims-url` is the environment of the credential, and that `/ims/validate_token/v1` exists there',
};

;// CONCATENATED MODULE: ./src/adobe/refusals.ts
/** What a server says when it refuses, as an error. No I/O. */






const WAYS_ROUND = '`verify: token` asks IMS instead, and `verify-url` sets another address to check the token with';
/** The error in an answer that is not a success. */
function refusal(response, redact, server = 'ims') {
    const { status } = response;
    if (status >= 300 && status < 400)
        return redirect(response, redact);
    const { error, description } = readError(response.body);
    const said = [error && redact(error, 60), description && `"${redact(description)}"`];
    const what = said.filter((part) => part).join(' ') || describeBody(response);
    const message = `HTTP ${status}${what && `, ${what}`}${requestIds(response, redact)}`;
    if (error === '' || (0,errors/* isTransientStatus */.Dm)(status))
        return httpError(message, response, server);
    const row = findImsHint(error, description);
    const { topic, hint } = row ?? unknownImsHint(status);
    const secretRefused = row?.refusesSecret === true && [200, 400, 401].includes(status);
    return new errors/* OAuthError */.W5(message, { topic, hint, secretRefused });
}
/**
 * The error for an answer other than a success to a token's verification: a `VerificationError`, unless
 * a later request may succeed or the answer is a redirect.
 */
function verificationRefusal(response, redact, server) {
    const general = refusal(response, redact, server);
    if ((0,errors/* isTransient */.dg)(general) || (response.status < 400 && !isOAuthError(response.body)))
        return general;
    const tokenRefused = response.status === 401 || response.status === 403;
    if (server === 'ims') {
        return new errors/* VerificationError */.mk(general.message, { ...NOT_CONFIRMED_BY_IMS, tokenRefused });
    }
    const accessError = (0,http_response/* readHeader */.a)(response, 'x-access-error');
    const { error } = readError(response.body);
    const { topic, hint } = findGatewayHint(accessError, error, response.status) ?? UNKNOWN_REFUSAL;
    const said = accessError && `, x-access-error ${redact(accessError, 60)}`;
    const message = `${general.message}${said}`;
    return new errors/* VerificationError */.mk(message, { topic, hint: `${hint}; ${WAYS_ROUND}`, tokenRefused });
}
/** ` (x-debug-id …)`: what Adobe's support asks for, where the answer has it. */
function requestIds(response, redact) {
    const ids = ['x-debug-id', 'x-request-id'].flatMap((name) => {
        const value = (0,http_response/* readHeader */.a)(response, name);
        return value === '' ? [] : [`${name} ${redact(value, 80)}`];
    });
    return ids.length > 0 ? ` (${ids.join(', ')})` : '';
}
/** The error's name and its explanation, each empty where the body has none, in the shapes that IMS and Adobe's gateways use. */
function readError(body) {
    const answer = readAnswer(body) ?? {};
    const nested = answer['error'];
    const inner = (0,values/* isObject */.Gv)(nested) ? nested : answer;
    const first = (...names) => names
        .map((name) => inner[name])
        .map((value) => (typeof value === 'number' ? String(value) : value))
        .find((value) => typeof value === 'string' && value !== '');
    return {
        error: String(first('error', 'error_code', 'code') ?? ''),
        description: String(first('error_description', 'message', 'description') ?? ''),
    };
}
/** Whether a body is an OAuth error, whatever its status. The other names that gateways use make none of a success. */
function isOAuthError(body) {
    const { error, description } = readError(body);
    return `${error}${description}` !== '' && Boolean(readAnswer(body)?.['error']);
}
/** A body's JSON object, with or without a byte order mark before it, or undefined where it is anything else. */
function readAnswer(body) {
    return (0,values/* readJsonObject */.op)(body.replace(/^\ufeff/, ''));
}
/** What an answer may be that is markup although JSON was requested, in words. */
const MARKUP = { html: 'an HTML page', xml: 'an XML document' };
/** Elements that begin a page for people, whatever it calls itself. */
const HTML_ELEMENT = /^(html|head|body|title|meta|link|style|script|noscript|center|table|form|div|span|font|pre|br|hr|img|h[1-6]|[abp])$/i;
/** What an answer is where it is markup, a proxy's, a gateway's or a captive portal's. */
function findMarkup(response) {
    const type = (0,http_response/* readHeader */.a)(response, 'content-type');
    if (/^(text\/html|application\/xhtml\+xml)\b/i.test(type))
        return 'html';
    const beginning = response.body.replace(/^[\s\ufeff]+/, '').slice(0, 1024);
    if (!beginning.startsWith('<'))
        return undefined;
    const [, name] = /<(?:!doctype\s+)?([a-z][\w:.-]*)/i.exec(beginning) ?? [];
    const isXml = /^[a-z]+\/([\w.-]+\+)?xml\b/i.test(type) || beginning.startsWith('<?xml');
    if (name === undefined)
        return isXml ? 'xml' : 'html';
    return (isXml ? /^html$/i : HTML_ELEMENT).test(name) ? 'html' : 'xml';
}
function describeBody(response) {
    if ((0,http_response/* isCompressed */.c)(response))
        return 'a compressed answer';
    const markup = findMarkup(response);
    return markup ? MARKUP[markup] : '';
}
/** The error for markup in the place of a success. */
function markupError({ status }, markup) {
    return new errors/* ResponseError */.o3(`HTTP ${status}, but the answer is ${MARKUP[markup]}`, {
        topic: 'html-answer',
        hint: errors/* NOT_ADOBE_HINT */.G9,
    });
}
function redirect(response, redact) {
    const location = (0,http_response/* readHeader */.a)(response, 'location');
    const where = redact(location && describeTarget(location), 100) || 'nowhere';
    return new errors/* HttpError */.j$(`HTTP ${response.status}, a redirect to ${where}, which is not followed${requestIds(response, redact)}`, {
        status: response.status,
        retryAfterMs: 0,
        topic: 'redirect',
        hint: 'Adobe does not redirect here: check `ims-url` and `verify-url` if they are set, and whether a proxy or gateway answered instead',
    });
}
/** Stands for the host that answered: a redirect need not name it. */
const SAME_HOST = 'https://same.invalid';
/** Where a redirect leads, with the host that a client would call, without user info, query and fragment. */
function describeTarget(location) {
    const target = URL.parse(location, SAME_HOST);
    if (!target || target.origin === 'null')
        return (0,messages/* presentUrl */.bv)(location);
    const { origin, pathname } = target;
    return origin === SAME_HOST ? location.replace(/[?#].*/s, '') : origin + pathname;
}
/** Also for a page with a 404: that is what a wrong address gets. */
const CHECK_ADDRESS = 'Check `ims-url` and `verify-url` if they are set, and whether a proxy or gateway answered instead of Adobe';
const THROTTLED = {
    ims: 'Adobe throttles this credential: wait some minutes and re-run the job; if it happens often, let the jobs of a run share one token through `seal` and `sealed-token`',
    service: 'The service throttles this credential: wait some minutes and re-run the job, or use `verify: token`, which asks IMS instead',
};
function httpError(message, response, server) {
    const { status } = response;
    const advice = { status, retryAfterMs: readRetryAfterMs(response) };
    if (status === 429) {
        return new errors/* HttpError */.j$(message, { ...advice, topic: 'throttled', hint: THROTTLED[server] });
    }
    if ((0,errors/* isTransientStatus */.Dm)(status)) {
        return new errors/* HttpError */.j$(message, {
            ...advice,
            topic: 'server-error',
            hint: 'Re-run the job later; status.adobe.com lists outages',
        });
    }
    const isForeignPage = status !== 404 && findMarkup(response) !== undefined;
    return new errors/* HttpError */.j$(message, {
        ...advice,
        topic: 'unexpected-status',
        hint: isForeignPage ? errors/* NOT_ADOBE_HINT */.G9 : CHECK_ADDRESS,
    });
}

// EXTERNAL MODULE: ./src/adobe/scope.ts
var scope = __nccwpck_require__(826);
// EXTERNAL MODULE: ./src/adobe/token.ts
var adobe_token = __nccwpck_require__(699);
;// CONCATENATED MODULE: ./src/adobe/responses.ts
/** The answers of Adobe IMS and of services, read and checked. No I/O. */







/** The longest token that is taken, in characters. IMS's own have about 1,500. */
const MAX_TOKEN_LENGTH = 16 * 1024;
/** Shorter ones could not be told from chance in a log, and would be guessed. */
const MIN_TOKEN_LENGTH = 16;
/** Below this what stands in the place of a token is a word, such as `none`, and its mask would hide other text. */
const MIN_MASKED_LENGTH = 8;
/** An answer holds one token: masking and saving thousands would take longer than the step has. */
const MAX_TOKENS = 5;
/** Less than what `expires-in` can count. */
const MIN_LIFETIME_MS = 1000;
/**
 * The token in IMS's answer. What looks like one is masked before anything else is looked at, whatever
 * else is wrong with the answer.
 * @throws {OAuthError | HttpError} for anything but a 200, and for an OAuth error in a 200.
 * @throws {ResponseError} for a 200 that is not a token of type bearer with time left.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
function readTokenResponse(response, reading) {
    const { body } = response;
    const answer = readAnswer(body);
    const text = answer?.['access_token'];
    const masked = findTokens(text, body).map((found) => reading.mask(new secret/* Secret */.zh(found)));
    const redact = (foreign, maxLength) => reading.redact((0,secrets_redact/* hideTokens */.vI)(foreign, reading.scopes), maxLength);
    if (response.status !== 200 || isOAuthError(body))
        throw refusal(response, redact);
    if (!answer)
        throw notAnObject(response);
    if (typeof text !== 'string' || text === '') {
        throw readError(body).error === ''
            ? malformed('it has no access_token')
            : refusal(response, redact);
    }
    if (answer['error'])
        throw malformed('it has an error beside its access_token');
    const value = masked.find((token) => token.reveal() === text);
    const fault = findTokenFault(text);
    if (fault || !value)
        throw malformed(`its access_token ${fault}`);
    const type = answer['token_type'];
    if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
        throw malformed('its token_type is not bearer');
    }
    const claims = (0,adobe_token/* readClaims */.Ip)(text);
    const lifetimeMs = (0,adobe_token/* readLifetimeMs */.Qq)(answer['expires_in'], claims);
    if (lifetimeMs === undefined)
        throw malformed('neither its expires_in nor the token says how long the token lives');
    if (lifetimeMs < MIN_LIFETIME_MS)
        throw malformed('its token has no time left');
    const scopes = claims.scopes ?? (0,scope/* readScopes */.Q9)(answer['scope']) ?? reading.scopes;
    return {
        value,
        scopes: redactScopes(scopes, reading),
        lifetimeMs,
        expiresAtMs: response.receivedAtMs + lifetimeMs,
    };
}
/**
 * Reads IMS's answer on a token's validity. Only `"valid": true` passes: not `"true"`, not 1.
 * @throws {VerificationError} where it does not.
 */
function readValidateResponse(response, redact) {
    if (!isSuccess(response))
        throw verificationRefusal(response, redact, 'ims');
    const markup = findMarkup(response);
    if (markup)
        throw markupError(response, markup);
    const answer = readAnswer(response.body);
    if (answer?.['valid'] === true)
        return;
    const tokenRefused = answer?.['valid'] === false;
    if (!tokenRefused && isOAuthError(response.body)) {
        throw verificationRefusal(response, redact, 'ims');
    }
    const reason = answer?.['reason'];
    const said = typeof reason === 'string' ? `, "${redact(reason)}"` : '';
    const what = tokenRefused
        ? 'the token is not valid'
        : 'the answer does not say that the token is valid';
    throw new errors/* VerificationError */.mk(`HTTP ${response.status}, but ${what}${said}${requestIds(response, redact)}`, {
        topic: 'token-not-valid',
        hint: 'Check that `ims-url` is where the credential belongs, and that nothing has revoked the token since',
        tokenRefused,
    });
}
/**
 * Reads a service's answer to a call with a token. Nothing is known of it but that 2xx is a success.
 * @throws {ActionError} for anything else, and for an HTML page.
 */
function readServiceResponse(response, redact) {
    if (!isSuccess(response))
        throw verificationRefusal(response, redact, 'service');
    const markup = findMarkup(response);
    if (markup === 'html')
        throw markupError(response, markup);
}
/**
 * Reads IMS's answer to the revocation of a token: a 200 that is empty or a JSON object without `error`.
 * @throws {ActionError} for anything else: then nothing is known of the token.
 */
function readInvalidateResponse(response, redact) {
    const { status, body } = response;
    if (!isSuccess(response) || isOAuthError(body))
        throw refusal(response, redact);
    const answer = readAnswer(body);
    const isConfirmed = answer ? !Object.hasOwn(answer, 'error') : body.trim() === '';
    if (status === 200 && isConfirmed)
        return;
    const markup = findMarkup(response);
    if (markup)
        throw markupError(response, markup);
    throw new errors/* ResponseError */.o3(`HTTP ${status}, but the answer does not say that the token is revoked`, {
        topic: 'malformed-answer',
        hint: 'Check whether a proxy or gateway answered instead of IMS',
    });
}
function isSuccess({ status }) {
    return status >= 200 && status <= 299;
}
/** In JSON, cut short or not, and in a form body. */
const TOKEN_FIELD = /"access_?token"\s*:\s*"((?:[^"\\]|\\.)+)|\baccess_token=([\w\-.~+/%]{16,}=*)/gi;
/**
 * The access token of an answer, and those that its body holds elsewhere, since an answer that is refused
 * may hold one: nested, in JSON that is cut short, in JSON within JSON, in a form.
 */
function findTokens(own, body) {
    const found = [body, body.replaceAll('\\"', '"')].flatMap((text) => [...text.matchAll(TOKEN_FIELD)].map(([, json = '', form]) => form ? decode(form) : String((0,values/* readJson */.Vh)(`"${json}"`) ?? json)));
    const others = [...new Set(found)].slice(0, MAX_TOKENS);
    return [...new Set([...others, own])]
        .filter((text) => typeof text === 'string')
        .filter(({ length }) => length >= MIN_MASKED_LENGTH);
}
/** A form's value, or what of it can be read: in half an answer a percent sign may have lost its digits. */
function decode(value) {
    return value.replace(/%([0-9a-f]{2})/gi, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));
}
function findTokenFault(token) {
    if (token.length > MAX_TOKEN_LENGTH)
        return `is longer than ${MAX_TOKEN_LENGTH / 1024} KiB`;
    if (token.length < MIN_TOKEN_LENGTH)
        return `is shorter than ${MIN_TOKEN_LENGTH} characters`;
    return (0,adobe_token/* isBearerToken */.Zc)(token) ? undefined : 'has characters that no token may have';
}
/**
 * Scopes that are fit to be shown. What nobody requested is foreign text, and could be a piece of the
 * secret or of the token, also where it is joined with what stands beside it.
 */
function redactScopes(scopes, { scopes: requested, redact }) {
    const isForeign = (scope) => !requested.includes(scope);
    if (!scopes.some(isForeign))
        return scopes;
    const isClean = (text) => redact(text, text.length) === text;
    const shown = scopes.map((scope) => (isForeign(scope) && !isClean(scope) ? secret/* PLACEHOLDER */.Kx : scope));
    if (isClean(shown.join(',')))
        return shown;
    return scopes.map((scope) => (isForeign(scope) ? secret/* PLACEHOLDER */.Kx : scope));
}
function notAnObject(response) {
    const markup = findMarkup(response);
    if (markup)
        return markupError(response, markup);
    return malformed(response.body === '' ? 'it is empty' : 'it is not a JSON object');
}
function malformed(what) {
    return new errors/* ResponseError */.o3(`HTTP 200, but the answer is not a token: ${what}`, {
        topic: 'malformed-answer',
        hint: 'Check that `ims-url`, if it is set, is Adobe IMS, and whether a proxy or gateway answered instead of it',
    });
}


/***/ }),

/***/ 826:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q9: () => (/* binding */ readScopes),
/* harmony export */   T2: () => (/* binding */ isScope),
/* harmony export */   TY: () => (/* binding */ readScopeList)
/* harmony export */ });
/** Scopes: what one may consist of, and lists of them in a server's text. */
/** The longest list of scopes that is taken from a server, in characters. */
const MAX_SCOPES_LENGTH = 4 * 1024;
/** @see https://www.rfc-editor.org/rfc/rfc6749#section-3.3 */
function isScope(text) {
    return /^[!#-[\]-~]+$/.test(text);
}
/** Scopes out of a server's text, or undefined where that is too long or holds anything else. */
function readScopes(value) {
    return typeof value === 'string' && value.length > MAX_SCOPES_LENGTH
        ? undefined
        : readScopeList(value);
}
/** Scopes out of a text of any length, commas or spaces between them, or undefined where it holds anything else. */
function readScopeList(value) {
    if (typeof value !== 'string')
        return undefined;
    const scopes = value.split(/[ ,]/).filter((scope) => scope !== '');
    return scopes.length > 0 && scopes.every(isScope) ? [...new Set(scopes)] : undefined;
}


/***/ }),

/***/ 699:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ch: () => (/* binding */ secondsUntil),
/* harmony export */   Ip: () => (/* binding */ readClaims),
/* harmony export */   Qq: () => (/* binding */ readLifetimeMs),
/* harmony export */   Zc: () => (/* binding */ isBearerToken),
/* harmony export */   "if": () => (/* binding */ missingScopes),
/* harmony export */   nE: () => (/* binding */ isoSeconds)
/* harmony export */ });
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(434);
/* harmony import */ var _scope_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(826);
/** An access token: what it carries and how long it lives. */


/** Above this many seconds, an `expires_in` is taken for milliseconds. */
const MAX_LIFETIME_S = 172_800;
/** How far two statements of one lifetime may be apart. */
const SAME_LIFETIME_MS = 60_000;
/** Beyond this no lifetime makes sense, and dates overflow: ten years. */
const MAX_LIFETIME_MS = 10 * 365 * 86_400_000;
/** @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function isBearerToken(text) {
    return /^[A-Za-z0-9\-._~+/]+=*$/.test(text);
}
/** Reads the claims of a JWT as IMS issues them; an opaque token has none. */
function readClaims(token) {
    const payload = Buffer.from(token.split('.', 2)[1] ?? '', 'base64url').toString('utf8');
    const claims = (0,_values_js__WEBPACK_IMPORTED_MODULE_0__/* .readJsonObject */ .op)(payload) ?? {};
    const clientId = claims['client_id'];
    const scopes = (0,_scope_js__WEBPACK_IMPORTED_MODULE_1__/* .readScopes */ .Q9)(claims['scope']);
    const lifetimeMs = readNumber(claims['expires_in']);
    return {
        ...(typeof clientId === 'string' ? { clientId } : {}),
        ...(scopes ? { scopes } : {}),
        ...(lifetimeMs === undefined ? {} : { lifetimeMs }),
    };
}
/**
 * A token's lifetime in whole milliseconds: the shorter of what the answer and the claims say, or what one of
 * them says where the other is silent. Undefined where neither gives a number below ten years; 0 or less
 * for a token without time left.
 */
function readLifetimeMs(expiresIn, claims) {
    const stated = [toMilliseconds(readNumber(expiresIn), claims), claims.lifetimeMs];
    const lifetimeMs = Math.min(...stated.filter((value) => value !== undefined));
    return lifetimeMs <= MAX_LIFETIME_MS ? Math.floor(lifetimeMs) : undefined;
}
/** The requested scopes that a token lacks. */
function missingScopes(requested, { scopes }) {
    return requested.filter((scope) => !scopes.includes(scope));
}
/** Whole seconds until the moment, never below 0. */
function secondsUntil(momentMs, nowMs) {
    return Math.max(0, Math.floor((momentMs - nowMs) / 1000));
}
/** ISO 8601 in UTC, with seconds: `2026-11-21T22:44:39Z`. */
function isoSeconds(momentMs) {
    return new Date(momentMs).toISOString().replace(/\.\d+/, '');
}
/** `expires_in` is seconds by RFC 6749, and milliseconds on some of Adobe's pages. */
function toMilliseconds(value, claims) {
    if (value === undefined)
        return undefined;
    const asSecondsMs = value * 1000;
    const claimsAgree = claims.lifetimeMs !== undefined &&
        Math.abs(asSecondsMs - claims.lifetimeMs) <= SAME_LIFETIME_MS;
    return value <= MAX_LIFETIME_S || claimsAgree ? asSecondsMs : value;
}
function readNumber(value) {
    const isDecimal = typeof value === 'string' && /^-?\d{1,15}(\.\d{1,9})?$/.test(value);
    const number = isDecimal || typeof value === 'number' ? Number(value) : Number.NaN;
    return Number.isFinite(number) ? number : undefined;
}


/***/ }),

/***/ 231:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bd: () => (/* binding */ isActionError),
/* harmony export */   CH: () => (/* binding */ FileCommandError),
/* harmony export */   Dm: () => (/* binding */ isTransientStatus),
/* harmony export */   Dr: () => (/* binding */ NetworkError),
/* harmony export */   G9: () => (/* binding */ NOT_ADOBE_HINT),
/* harmony export */   MU: () => (/* binding */ TimeoutError),
/* harmony export */   W5: () => (/* binding */ OAuthError),
/* harmony export */   cc: () => (/* binding */ CancelledError),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   dz: () => (/* binding */ InputError),
/* harmony export */   j$: () => (/* binding */ HttpError),
/* harmony export */   mk: () => (/* binding */ VerificationError),
/* harmony export */   o3: () => (/* binding */ ResponseError)
/* harmony export */ });
/* unused harmony export TOPICS */
/** Everything that can go wrong: one class per failure, each with what to do about it. */
/** The anchors of docs/TROUBLESHOOTING.md: each error, warning and notice leads to one of them. */
const TOPICS = (/* unused pure expression or super */ null && ([
    'access-denied',
    'another-client',
    'api-not-added',
    'cancelled',
    'certificate-refused',
    'connection-lost',
    'connection-refused',
    'file-command-failed',
    'forks-code',
    'host-not-found',
    'host-unreachable',
    'html-answer',
    'malformed-answer',
    'missing-credentials',
    'missing-scopes',
    'not-entitled',
    'not-revoked',
    'organization-not-found',
    'proxy-authentication',
    'proxy-failed',
    'quota-exhausted',
    'redirect',
    'refused',
    'refused-secret-lines',
    'sealed-token-not-used',
    'server-error',
    'several-organizations',
    'skipped',
    'throttled',
    'timeout',
    'tls-failed',
    'token-not-valid',
    'token-refused',
    'unexpected-error',
    'unexpected-status',
    'verification-refused',
    'wrong-client-id',
    'wrong-client-secret',
    'wrong-credential-type',
    'wrong-input',
    'wrong-scope',
]));
/** The hint for an answer that Adobe does not give. */
const NOT_ADOBE_HINT = 'A proxy, gateway or sign-in page probably answered instead of Adobe: check `https_proxy`, and `ims-url` and `verify-url` if they are set';
class BaseError extends Error {
    advice;
    constructor(message, advice) {
        super(message, { cause: advice.cause });
        this.name = new.target.name;
        this.advice = advice;
    }
    get topic() {
        return this.advice.topic;
    }
    get hint() {
        return this.advice.hint;
    }
    get trail() {
        return this.advice.trail;
    }
    /** The same error in the form in which it is given up: with what was tried, or with better advice. */
    giveUp(final) {
        const Kind = this.constructor;
        return new Kind(this.message, { ...this.advice, ...final });
    }
}
/** An input or the surroundings of the step are wrong. Nothing was sent. */
class InputError extends BaseError {
    code = 'INPUT';
}
/** The connection failed before a full response had arrived. */
class NetworkError extends BaseError {
    code = 'NETWORK';
}
/** The time that an attempt had was over before a full response had arrived. */
class TimeoutError extends BaseError {
    code = 'TIMEOUT';
}
/** The server answered with a status that is not success, and without an OAuth error. */
class HttpError extends BaseError {
    code = 'HTTP';
}
/**
 * The authorization server refused the request and said why.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
class OAuthError extends BaseError {
    code = 'OAUTH';
}
/** The server reports success, but its answer is not one. */
class ResponseError extends BaseError {
    code = 'RESPONSE';
}
/** The token was issued, but IMS or the service does not accept it. */
class VerificationError extends BaseError {
    code = 'VERIFICATION';
}
/** A file by which the runner takes outputs, variables, state or the summary cannot be written. */
class FileCommandError extends BaseError {
    code = 'FILE_COMMAND';
}
/** The job was cancelled before a token was published or, in the post step, known to be revoked. */
class CancelledError extends BaseError {
    code = 'CANCELLED';
}
/** Whether something thrown is one of this action's errors. */
function isActionError(error) {
    return error instanceof BaseError;
}
/** Whether the same request may succeed when it is sent again. */
function isTransient(error) {
    switch (error.code) {
        case 'NETWORK':
            return error.advice.transient;
        case 'TIMEOUT':
            return true;
        case 'HTTP':
            return isTransientStatus(error.advice.status);
        case 'CANCELLED':
        case 'FILE_COMMAND':
        case 'INPUT':
        case 'OAUTH':
        case 'RESPONSE':
        case 'VERIFICATION':
            return false;
    }
}
/** Whether an HTTP status says that the same request may succeed later. */
function isTransientStatus(status) {
    return [408, 425, 429].includes(status) || (status >= 500 && status <= 599);
}


/***/ }),

/***/ 944:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ readHeader),
/* harmony export */   c: () => (/* binding */ isCompressed)
/* harmony export */ });
/** What goes over the wire and what comes back. */
/** A header's value, or an empty string where it is absent or was sent several times. */
function readHeader({ headers }, name) {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
}
/** Whether an answer's body is in an encoding, which no request here accepts. */
function isCompressed(answer) {
    return !['', 'identity'].includes(readHeader(answer, 'content-encoding').trim().toLowerCase());
}


/***/ }),

/***/ 364:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ni: () => (/* binding */ withLink),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   Uc: () => (/* binding */ describeError),
/* harmony export */   YA: () => (/* binding */ seconds),
/* harmony export */   bv: () => (/* binding */ presentUrl),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   xv: () => (/* binding */ VERSION)
/* harmony export */ });
/* unused harmony export troubleshootingUrl */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(231);
/** The one line that a person reads, and the words it is made of. */

/** `npm run docs` writes both from package.json. */
const REPOSITORY = 'OWNER/adobe-ims-token-action';
const VERSION = '1.0.0';
/** The address of the paragraph on an error, a warning or a notice. */
function troubleshootingUrl(topic) {
    const major = VERSION.split('.')[0];
    return `https://github.com/${REPOSITORY}/blob/v${major}/docs/TROUBLESHOOTING.md#${topic}`;
}
/** The line of an error: what was tried, what came back, what to do, where to read more. */
function describeError(error) {
    if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isActionError */ .Bd)(error))
        return withLink(unexpected(error), 'unexpected-error');
    const { trail } = error;
    const tried = trail ? `${trail.task}: ` : '';
    const times = trail && trail.attempts > 1 ? `, after ${count(trail.attempts, 'attempt')}` : '';
    const gaveUp = trail?.gaveUp ? `; ${trail.gaveUp}` : '';
    return withLink(`${tried}${error.message}${times}${gaveUp}. ${error.hint}`, error.topic);
}
/** A sentence, its full stop, and where to read more. */
function withLink(sentence, topic) {
    return `${sentence}. ${troubleshootingUrl(topic)}`;
}
/** A defect of this action. Its message could hold anything, so only its kind is told. */
function unexpected(error) {
    const kind = error instanceof Error ? error.name : typeof error;
    return `Unexpected ${kind} in this action, which is a bug: re-run the job with debug logging and report what it prints`;
}
/** `1 input`, `2 inputs`: a number with its noun. */
function count(quantity, noun) {
    return `${quantity} ${noun}${quantity === 1 ? '' : 's'}`;
}
/** `1`, `1 and 2`, `1, 2 and 3`. */
function list(items) {
    const head = items.slice(0, -1).join(', ');
    return `${head && `${head} and `}${items.at(-1) ?? ''}`;
}
/** Seconds for people: `0.12 s`, `3.4 s`, `58 s`. */
function seconds(ms) {
    const value = ms / 1000;
    return `${value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0)} s`;
}
/**
 * A URL as somebody wrote it, fit to be shown: without user info, query and fragment, even where it does not
 * parse. All before the last @ may be user info, since a password may hold a / ? or #, and it needs no slashes
 * before it. Where the parser sees none, an @ after its host leaves that host alone to be shown.
 */
function presentUrl(value) {
    const rest = value.replace(/^(?:[a-z][a-z0-9+.-]*:)?[\\/]*/i, '');
    const lead = value.slice(0, value.length - rest.length);
    const host = rest.slice(0, rest.search(/[\\/?#]|$/));
    const at = rest.lastIndexOf('@');
    if (at >= 0 && !host.includes('@') && isWebAddress(value))
        return `${lead}${host}/…`;
    return (lead + rest.slice(at + 1)).replace(/[?#].*/s, '');
}
/** Whether a text parses as it stands: the parser would drop line breaks, wherever they are. */
function isWebAddress(value) {
    return /^https?:\S+$/i.test(value) && URL.canParse(value);
}


/***/ }),

/***/ 511:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fk: () => (/* binding */ holdsPiece),
/* harmony export */   NI: () => (/* binding */ MIN_HIDDEN_LENGTH),
/* harmony export */   lY: () => (/* binding */ createRedactor),
/* harmony export */   vI: () => (/* binding */ hideTokens)
/* harmony export */ });
/* unused harmony export defuse */
/* harmony import */ var _secret_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(18);
/** Text from outside made safe to show: no control characters, no commands, nothing of a known secret. */

/** Shorter pieces of a secret than this are not told apart from chance. */
const PIECE_LENGTH = 8;
/** Shorter values are never masked, nor hidden: most of the log would be hidden with them. */
const MIN_HIDDEN_LENGTH = 4;
/** How much of a foreign text is looked at: what follows would be cut anyway. */
const READ_LENGTH = 2000;
/** How much of a foreign text is shown unless the caller says otherwise, in characters. */
const SHOWN_LENGTH = 200;
/** Cutting more than this of secrets, in all their forms, into pieces takes too long: a server may send token after token. */
const MAX_CUT_LENGTH = 1024 * 1024;
/** A redactor that knows no secret yet. */
function createRedactor() {
    const whole = [];
    const pieces = new Set();
    // Cut into pieces when there is a text to show: a good run has none.
    let uncut = [];
    let cutLength = 0;
    const conceal = (line) => defuse(whole.reduce((text, value) => text.replaceAll(value, _secret_js__WEBPACK_IMPORTED_MODULE_0__/* .PLACEHOLDER */ .Kx), line));
    return {
        hide: (secret) => {
            const value = secret.reveal();
            if (value.length < MIN_HIDDEN_LENGTH)
                return;
            whole.push(value, ...(0,_secret_js__WEBPACK_IMPORTED_MODULE_0__/* .encodedForms */ .wV)(secret).map((form) => form.reveal()));
            uncut.push(secret);
        },
        conceal,
        redact: (text, maxLength = SHOWN_LENGTH) => {
            const forms = uncut.flatMap(formsOf);
            uncut = [];
            cutLength += forms.join('').length;
            if (cutLength > MAX_CUT_LENGTH)
                return _secret_js__WEBPACK_IMPORTED_MODULE_0__/* .PLACEHOLDER */ .Kx;
            for (const form of forms)
                addPieces(pieces, form);
            const flat = flatten(text.slice(0, Math.max(READ_LENGTH, 2 * maxLength)));
            return cut(conceal(hidePieces(flat, pieces)), maxLength);
        },
    };
}
/**
 * Breaks `::name` and `##[name]`, the two spellings of a workflow command, wherever they stand: a later step
 * may cut a line. An IPv6 address in brackets stays as it is: no command's name is of hexadecimal digits alone.
 */
function defuse(text) {
    return text
        .replace(/\[[0-9a-f:.]+\]|:(?=:)/gi, (found) => (found === ':' ? ': ' : found))
        .replace(/#(?=#\[)/g, '# ');
}
/**
 * Hides what looks like a token that nobody knows yet: a long run of the characters that one may have.
 * Identifiers for a support request stay (groups of up to 64 hexadecimal digits), so does a URL's host,
 * and what the caller knows to be none.
 */
function hideTokens(text, known = []) {
    const hide = (run) => (isTokenLike(run, known) ? _secret_js__WEBPACK_IMPORTED_MODULE_0__/* .PLACEHOLDER */ .Kx : run);
    return text.replace(/[A-Za-z0-9\-._~+/]{24,}=*/g, (run, at) => {
        if (!run.startsWith('//') || text[at - 1] !== ':')
            return hide(run);
        const parts = run.slice(2).split('/');
        return `//${parts.map((part, at) => (at === 0 ? hideHost(part, hide) : hide(part))).join('/')}`;
    });
}
/** By its labels, since a name of several is longer than many a token. */
function hideHost(host, hide) {
    return host.split('.').map(hide).includes(_secret_js__WEBPACK_IMPORTED_MODULE_0__/* .PLACEHOLDER */ .Kx) ? _secret_js__WEBPACK_IMPORTED_MODULE_0__/* .PLACEHOLDER */ .Kx : host;
}
function isTokenLike(run, known) {
    // A sentence may end with it.
    const text = run.endsWith('.') ? run.slice(0, -1) : run;
    if (text.length < 24 || known.includes(text) || /^[0-9a-f-]{1,64}$/i.test(text))
        return false;
    return text.length >= 40 || /\d/.test(text);
}
/** Whether a text holds a piece of a secret, as that is: told without the cost of all its forms, which `redact` knows. */
function holdsPiece(text, secret) {
    const value = fold(secret.reveal());
    const folded = fold(text);
    for (let at = 0; at + PIECE_LENGTH <= value.length; at += 1) {
        if (folded.includes(value.slice(at, at + PIECE_LENGTH)))
            return true;
    }
    return false;
}
function flatten(text) {
    // What takes no room is taken out first: between the letters of a secret, blanks would keep its pieces apart.
    return text
        .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]+/gu, '')
        .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
        .trim();
}
function cut(text, maxLength) {
    if (text.length <= maxLength)
        return text;
    // Without the half of a character that the cut may leave.
    return `${text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…`;
}
function addPieces(pieces, form) {
    const folded = fold(form);
    for (let at = 0; at + PIECE_LENGTH <= folded.length; at += 1) {
        pieces.add(folded.slice(at, at + PIECE_LENGTH));
    }
}
/** The value as it may be echoed: as it is, for URLs, in base64 at any offset, in hexadecimal with or without percent signs. */
function formsOf(secret) {
    const value = secret.reveal();
    const base64 = ['', ' ', '  '].map((shift) => Buffer.from(shift + value)
        .toString('base64')
        .replace(/=+$/, ''));
    const hex = Buffer.from(value).toString('hex');
    return [
        value,
        ...(0,_secret_js__WEBPACK_IMPORTED_MODULE_0__/* .encodedForms */ .wV)(secret).map((form) => form.reveal()),
        ...base64,
        hex,
        hex.replace(/../g, '%$&'),
    ];
}
/** Lower case for ASCII alone, so that every character keeps its place, and base64url as base64. */
function fold(text) {
    return text
        .replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
        .replaceAll('-', '+')
        .replaceAll('_', '/');
}
/** In time linear in the text, however many and long the secrets are. */
function hidePieces(text, pieces) {
    const folded = fold(text);
    let shown = '';
    let hiddenUntil = 0;
    for (let at = 0; at < text.length; at += 1) {
        if (pieces.has(folded.slice(at, at + PIECE_LENGTH))) {
            if (hiddenUntil <= at)
                shown += _secret_js__WEBPACK_IMPORTED_MODULE_0__/* .PLACEHOLDER */ .Kx;
            hiddenUntil = at + PIECE_LENGTH;
        }
        if (hiddenUntil <= at)
            shown += text.charAt(at);
    }
    return shown;
}


/***/ }),

/***/ 18:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Kx: () => (/* binding */ PLACEHOLDER),
/* harmony export */   W2: () => (/* binding */ MIN_SEALING_LENGTH),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   w3: () => (/* binding */ canSeal),
/* harmony export */   wV: () => (/* binding */ encodedForms),
/* harmony export */   zh: () => (/* binding */ Secret)
/* harmony export */ });
/** Values that must not be seen, and the proof that the runner hides a value. */
/** Declares that a value may be published as it is. Each use is a claim to audit. */
function plain(value) {
    return value;
}
/** What is shown in a secret's place. */
const PLACEHOLDER = '***';
/** A value that prints as its placeholder, whatever prints it: a template, JSON, `util.inspect`, an error. */
class Secret {
    #value;
    constructor(value) {
        this.#value = value;
    }
    /** The value itself. Each call is a place to audit. */
    reveal() {
        return this.#value;
    }
    toString() {
        return PLACEHOLDER;
    }
    toJSON() {
        return PLACEHOLDER;
    }
    [Symbol.for('nodejs.util.inspect.custom')]() {
        return PLACEHOLDER;
    }
}
/**
 * The forms in which a secret travels in URLs and form bodies, where they differ from the secret.
 * @see https://url.spec.whatwg.org/#application/x-www-form-urlencoded
 */
function encodedForms(secret) {
    const value = secret.reveal();
    const component = encodeURIComponent(value.toWellFormed());
    // What URLSearchParams would give: it takes a long token character by character, which makes V8 compile that code.
    const form = component
        .replaceAll('%20', '+')
        .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
    const forms = new Set([component, form]);
    forms.delete(value);
    return [...forms].map((encoded) => new Secret(encoded));
}
/** The key that seals a token is made of the secret, and whoever has the seal could find a short one by trying. */
const MIN_SEALING_LENGTH = 20;
/** Whether a secret is long enough to seal a token with. */
function canSeal(secret) {
    return secret.reveal().length >= MIN_SEALING_LENGTH;
}


/***/ }),

/***/ 188:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bg: () => (/* binding */ SERVICES),
/* harmony export */   Yj: () => (/* binding */ SERVICE_HOSTS),
/* harmony export */   Z1: () => (/* binding */ SERVICE_NAMES),
/* harmony export */   z: () => (/* binding */ SERVICE_ALIASES)
/* harmony export */ });
/** The presets: what each of Adobe's services wants. Adding a service is adding a row. */
const FIREFLY_SERVICES = 'https://developer.adobe.com/firefly-services/docs';
const EXPERIENCE_LEAGUE = 'https://experienceleague.adobe.com';
const FIREFLY_SCOPES = split('openid,AdobeID,session,additional_info,read_organizations,firefly_api,ff_apis');
const MODELS_URL = 'https://firefly-api.adobe.io/v3/custom-models';
const MANAGEMENT_SCOPES = split('AdobeID,openid,read_organizations,additional_info.projectedProductContext,additional_info.roles,adobeio_api,read_client_secret,manage_client_secrets');
/** The presets, in the order in which documents list them. */
const SERVICES = {
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
        scopes: split('openid,AdobeID,read_organizations,email,firefly_api,firefly_enterprise,profile,substance3d_api.spaces.create,substance3d_api.jobs.create'),
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
        scopes: split('openid,AdobeID,aem.frontend.all,read_organizations,additional_info.projectedProductContext'),
        envPrefix: 'EDGE_DELIVERY',
        docs: 'https://github.com/adobe/helix-website/tree/main/tools/youtube-chapters',
    },
    'cloud-manager': {
        scopes: split('openid,AdobeID,read_organizations,additional_info.projectedProductContext,read_pc.dma_aem_ams'),
        envPrefix: 'CLOUD_MANAGER',
        orgHeader: true,
        docs: 'https://github.com/adobe/aio-cloudmanager-create-execution-action',
    },
    'experience-platform': {
        scopes: split('openid,AdobeID,read_organizations,additional_info.projectedProductContext,session'),
        envPrefix: 'EXPERIENCE_PLATFORM',
        orgHeader: true,
        docs: `${EXPERIENCE_LEAGUE}/docs/experience-platform/landing/platform-apis/api-authentication.html`,
    },
    // The scopes are the defaults of Adobe's tools for extensions, such as @adobe/reactor-uploader.
    tags: {
        scopes: split('AdobeID,openid,read_organizations,additional_info.job_function,additional_info.projectedProductContext,additional_info.roles'),
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
        scopes: split('AdobeID,openid,email,profile,additional_info.roles,additional_info.projectedProductContext,commerce.accs'),
        envPrefix: 'COMMERCE',
        orgHeader: true,
        docs: 'https://developer.adobe.com/commerce/services/cloud/guides/rest/authentication/server-to-server/',
    },
    // The scopes are those of several working clients, one of which found that it needs `job_function`.
    analytics: {
        scopes: split('openid,AdobeID,read_organizations,additional_info.projectedProductContext,additional_info.job_function'),
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
};
const SERVICE_NAMES = Object.keys(SERVICES);
/** Earlier names, which stay good: each with that of its row. */
const SERVICE_ALIASES = new Map([
    ['workflow-builder', 'creative-production'],
]);
/** The hosts that the rows name: `verify-url` may name them too, wherever they lie. */
const SERVICE_HOSTS = Object.values(SERVICES).flatMap(({ verifyUrl }) => (verifyUrl ? [new URL(verifyUrl).hostname] : []));
function split(scopes) {
    return scopes.split(',');
}


/***/ }),

/***/ 434:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G7: () => (/* binding */ readPath),
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   Vh: () => (/* binding */ readJson),
/* harmony export */   op: () => (/* binding */ readJsonObject)
/* harmony export */ });
/** Values from outside: read, or refused with the reason. */
/** The JSON object in a text, or undefined where it is anything else: a list, a number, no JSON. */
function readJsonObject(text) {
    const value = readJson(text);
    return isObject(value) ? value : undefined;
}
/** The value in a JSON text, or undefined where it is not JSON. */
function readJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/** What stands at a path of own properties, or undefined where it leads nowhere. */
function readPath(value, ...path) {
    return path.reduce((inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), value);
}
/** Whether a value is an object with names, not a list. */
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}


/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = require("node:crypto");

/***/ })

/******/ 	});
/************************************************************************/
/******/ 	// The module cache
/******/ 	var __webpack_module_cache__ = {};
/******/ 	
/******/ 	// The require function
/******/ 	function __nccwpck_require__(moduleId) {
/******/ 		// Check if module is in cache
/******/ 		var cachedModule = __webpack_module_cache__[moduleId];
/******/ 		if (cachedModule !== undefined) {
/******/ 			return cachedModule.exports;
/******/ 		}
/******/ 		// Create a new module (and put it into the cache)
/******/ 		var module = __webpack_module_cache__[moduleId] = {
/******/ 			// no module.id needed
/******/ 			// no module.loaded needed
/******/ 			exports: {}
/******/ 		};
/******/ 	
/******/ 		// Execute the module function
/******/ 		var threw = true;
/******/ 		try {
/******/ 			__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 			threw = false;
/******/ 		} finally {
/******/ 			if(threw) delete __webpack_module_cache__[moduleId];
/******/ 		}
/******/ 	
/******/ 		// Return the exports of the module
/******/ 		return module.exports;
/******/ 	}
/******/ 	
/******/ 	// expose the modules object (__webpack_modules__)
/******/ 	__nccwpck_require__.m = __webpack_modules__;
/******/ 	
/************************************************************************/
/******/ 	/* webpack/runtime/asset-relocator-loader */
/******/ 	if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = __dirname + "/";
/******/ 	
/******/ 	/* webpack/runtime/compat get default export */
/******/ 	(() => {
/******/ 		// getDefaultExport function for compatibility with non-harmony modules
/******/ 		__nccwpck_require__.n = (module) => {
/******/ 			var getter = module && module.__esModule ?
/******/ 				() => (module['default']) :
/******/ 				() => (module);
/******/ 			__nccwpck_require__.d(getter, { a: getter });
/******/ 			return getter;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/create fake namespace object */
/******/ 	(() => {
/******/ 		var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 		var leafPrototypes;
/******/ 		// create a fake namespace object
/******/ 		// mode & 1: value is a module id, require it
/******/ 		// mode & 2: merge all properties of value into the ns
/******/ 		// mode & 4: return value when already ns object
/******/ 		// mode & 16: return value when it's Promise-like
/******/ 		// mode & 8|1: behave like require
/******/ 		__nccwpck_require__.t = function(value, mode) {
/******/ 			if(mode & 1) value = this(value);
/******/ 			if(mode & 8) return value;
/******/ 			if(typeof value === 'object' && value) {
/******/ 				if((mode & 4) && value.__esModule) return value;
/******/ 				if((mode & 16) && typeof value.then === 'function') return value;
/******/ 			}
/******/ 			var ns = Object.create(null);
/******/ 			__nccwpck_require__.r(ns);
/******/ 			var def = {};
/******/ 			leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 			for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 				Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 			}
/******/ 			def['default'] = () => (value);
/******/ 			__nccwpck_require__.d(ns, def);
/******/ 			return ns;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/define property getters */
/******/ 	(() => {
/******/ 		// define getter functions for harmony exports
/******/ 		__nccwpck_require__.d = (exports, definition) => {
/******/ 			for(var key in definition) {
/******/ 				if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 				}
/******/ 			}
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/ensure chunk */
/******/ 	(() => {
/******/ 		__nccwpck_require__.f = {};
/******/ 		// This file contains only the entry chunk.
/******/ 		// The chunk loading function for additional chunks
/******/ 		__nccwpck_require__.e = (chunkId) => {
/******/ 			return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 				__nccwpck_require__.f[key](chunkId, promises);
/******/ 				return promises;
/******/ 			}, []));
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/get javascript chunk filename */
/******/ 	(() => {
/******/ 		// This function allow to reference async chunks
/******/ 		__nccwpck_require__.u = (chunkId) => {
/******/ 			// return url for filenames based on template
/******/ 			return "" + chunkId + ".index.js";
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/hasOwnProperty shorthand */
/******/ 	(() => {
/******/ 		__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/make namespace object */
/******/ 	(() => {
/******/ 		// define __esModule on exports
/******/ 		__nccwpck_require__.r = (exports) => {
/******/ 			if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 				Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 			}
/******/ 			Object.defineProperty(exports, '__esModule', { value: true });
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/require chunk loading */
/******/ 	(() => {
/******/ 		// no baseURI
/******/ 		
/******/ 		// object to store loaded chunks
/******/ 		// "1" means "loaded", otherwise not loaded yet
/******/ 		var installedChunks = {
/******/ 			792: 1
/******/ 		};
/******/ 		
/******/ 		// no on chunks loaded
/******/ 		
/******/ 		var installChunk = (chunk) => {
/******/ 			var moreModules = chunk.modules, chunkIds = chunk.ids, runtime = chunk.runtime;
/******/ 			for(var moduleId in moreModules) {
/******/ 				if(__nccwpck_require__.o(moreModules, moduleId)) {
/******/ 					__nccwpck_require__.m[moduleId] = moreModules[moduleId];
/******/ 				}
/******/ 			}
/******/ 			if(runtime) runtime(__nccwpck_require__);
/******/ 			for(var i = 0; i < chunkIds.length; i++)
/******/ 				installedChunks[chunkIds[i]] = 1;
/******/ 		
/******/ 		};
/******/ 		
/******/ 		// require() chunk loading for javascript
/******/ 		__nccwpck_require__.f.require = (chunkId, promises) => {
/******/ 			// "1" is the signal for "already loaded"
/******/ 			if(!installedChunks[chunkId]) {
/******/ 				if(true) { // all chunks have JS
/******/ 					installChunk(require("./" + __nccwpck_require__.u(chunkId)));
/******/ 				} else installedChunks[chunkId] = 1;
/******/ 			}
/******/ 		};
/******/ 		
/******/ 		// no external install chunk
/******/ 		
/******/ 		// no HMR
/******/ 		
/******/ 		// no HMR manifest
/******/ 	})();
/******/ 	
/************************************************************************/
var __webpack_exports__ = {};

;// CONCATENATED MODULE: ./src/clock.ts
/** Time and chance, handed in so that a test can hand in its own. */
/** Less is no correction, but the two clocks' running apart. */
const MIN_DRIFT_MS = 1000;
/** The machine's clock, read once: the process has just started. */
function openClock() {
    // The same clock as performance.now(), which would load a dozen of Node's modules for it.
    const elapsed = () => process.uptime() * 1000;
    const startedAtMs = Date.now() - elapsed();
    const now = () => Math.round(startedAtMs + elapsed());
    return {
        elapsed,
        uptime: () => {
            const [seconds, nanoseconds] = process.hrtime();
            return seconds * 1000 + Math.round(nanoseconds / 1e6);
        },
        now,
        drift: () => {
            const driftMs = Date.now() - now();
            return Math.abs(driftMs) < MIN_DRIFT_MS ? 0 : driftMs;
        },
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        random: () => Math.random(),
    };
}

;// CONCATENATED MODULE: ./src/deadlines.ts
/** How long a step may take. What an attempt gets of that is the retry policy's to say, in `http/retry`. */
/** The most that the input `timeout` takes, which is the main step's deadline, in seconds. */
const MAX_TIMEOUT_S = 3_600;
/** The whole of the post step, in milliseconds. */
const POST_STEP_MS = 20_000;
/**
 * What a request under way gets when the job is cancelled, in milliseconds: the runner kills the step
 * 10 seconds after that.
 */
const CANCELLATION_GRACE_MS = 5_000;
/** How long the log may take to be read once the step is over, in milliseconds. */
const FLUSH_MS = 1_000;

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = require("node:fs");
;// CONCATENATED MODULE: ./src/http/ca-file.ts
/** The file in NODE_EXTRA_CA_CERTS: what it lacks where a certificate is not trusted, and whether it ends. */

/** The CAs that a whole machine trusts are a fifth of this. */
const MAX_BYTES = 1024 * 1024;
/** Opening a FIFO without O_NONBLOCK waits for a writer. */
const READ = external_node_fs_namespaceObject.constants.O_RDONLY | external_node_fs_namespaceObject.constants.O_NONBLOCK;
/** What to do about an untrusted certificate. Node warns on stderr of a file that does not open, but not of one without a certificate. */
function adviseOnTrust(env) {
    const path = env['NODE_EXTRA_CA_CERTS'];
    if (!path) {
        return 'If your proxy or gateway uses a private CA, set `NODE_EXTRA_CA_CERTS` to its PEM file in the `env` of the job';
    }
    const fault = findFault(path);
    return fault
        ? `\`NODE_EXTRA_CA_CERTS\` is set, but its file ${fault}`
        : '`NODE_EXTRA_CA_CERTS` is set, but the CA that signed this certificate is not in its file: add that CA, in PEM form';
}
/**
 * Whether that file is a FIFO. Node reads it in a thread of its own, which waits for a writer, and every TLS
 * connection and every exit waits for that thread.
 */
function isCaFileFifo(env) {
    try {
        return external_node_fs_namespaceObject.statSync(env['NODE_EXTRA_CA_CERTS'] ?? '').isFIFO();
    }
    catch {
        return false;
    }
}
function findFault(path) {
    try {
        const text = readBeginning(external_node_fs_namespaceObject.openSync(path, READ));
        if (text === undefined)
            return 'is not a regular file';
        if (text === '')
            return 'is empty';
        if (text.includes('-----BEGIN '))
            return undefined;
        return 'holds no PEM certificate: if it is in DER form, convert it with `openssl x509 -inform der -in ca.der -out ca.pem`';
    }
    catch (error) {
        return Object(error).code === 'ENOENT'
            ? 'does not exist: in a job with `container:` the path is one inside the container'
            : 'cannot be read';
    }
}
function readBeginning(descriptor) {
    try {
        if (!external_node_fs_namespaceObject.fstatSync(descriptor).isFile())
            return undefined;
        const buffer = Buffer.alloc(MAX_BYTES);
        return buffer.toString('latin1', 0, external_node_fs_namespaceObject.readSync(descriptor, buffer));
    }
    finally {
        external_node_fs_namespaceObject.closeSync(descriptor);
    }
}

;// CONCATENATED MODULE: external "node:dns"
const external_node_dns_namespaceObject = require("node:dns");
;// CONCATENATED MODULE: ./src/http/dns.ts
/** Name lookups that later attempts join, so that a success never leaves one behind. */

const pending = new Map();
/**
 * `dns.lookup`, but a lookup that is under way is joined instead of asked for again. The system's
 * resolver cannot be interrupted, and Node waits for it at its end: a new one for each attempt would
 * hold the process long after its time.
 */
const sharedLookup = (hostname, options, callback) => {
    const key = JSON.stringify([hostname, options]);
    const waiting = pending.get(key);
    if (waiting) {
        waiting.push(callback);
        return;
    }
    const callbacks = [callback];
    pending.set(key, callbacks);
    external_node_dns_namespaceObject.lookup(hostname, options, (error, address, family) => {
        pending.delete(key);
        for (const settle of callbacks)
            settle(error, address, family);
    });
};
/** Whether the system's resolver is still at work. */
function isLookupPending() {
    return pending.size > 0;
}

;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = require("os");
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = require("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = require("fs");
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = require("path");
;// CONCATENATED MODULE: external "http"
const external_http_namespaceObject = require("http");
var external_http_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_http_namespaceObject, 2);
;// CONCATENATED MODULE: external "https"
const external_https_namespaceObject = require("https");
var external_https_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_https_namespaceObject, 2);
;// CONCATENATED MODULE: ../../node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
    constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
        return this._decodedUsername;
    }
    get password() {
        return this._decodedPassword;
    }
}
//# sourceMappingURL=proxy.js.map
;// CONCATENATED MODULE: ./stubs/tunnel.ts
/**
 * Stands in the bundle for `tunnel`, by which @actions/http-client reaches a proxy: this action opens
 * its connections itself, and hands them over. It would load `assert`, which shows in every start.
 */
function httpOverHttp() {
    throw new Error('tunnel is not part of this bundle');
}
const httpOverHttps = httpOverHttp;
const httpsOverHttp = httpOverHttp;
const httpsOverHttps = httpOverHttp;

;// CONCATENATED MODULE: ./stubs/undici.ts
/**
 * Stands in the bundle for `undici`, which would be three quarters of it.
 * @actions/http-client imports it for `getAgentDispatcher` alone, which this action never calls: its
 * requests, through a proxy or not, are Node's own.
 */
class ProxyAgent {
    constructor() {
        throw new Error('undici is not part of this bundle');
    }
}

;// CONCATENATED MODULE: ../../node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function lib_getProxyUrl(serverUrl) {
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = ['OPTIONS', 'GET', 'DELETE', 'HEAD'];
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class lib_HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    /**
     * Gets a typed object from an endpoint
     * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
     */
    getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    /**
     * Makes a raw http request.
     * All other methods such as get, post, patch, and request ultimately call this.
     * Prefer get, del, post and patch
     */
    request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    /**
     * Needs to be called if keepAlive is set to true in request options.
     */
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    /**
     * Raw request.
     * @param info
     * @param data
     */
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    /**
     * Gets an http agent. This function is useful when you need an http agent that handles
     * routing through a proxy server - depending upon the url and proxy environment variables.
     * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
     */
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? external_https_namespaceObject_0 : external_http_namespaceObject_0;
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    /**
     * Gets an existing header value or returns a default.
     * Handles converting number header values to strings since HTTP headers must be strings.
     * Note: This returns string | string[] since some headers can have multiple values.
     * For headers that must always be a single string (like Content-Type), use the
     * specialized _getExistingOrDefaultContentTypeHeader method instead.
     */
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    /**
     * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
     * Always returns a single string (not an array) since Content-Type should be a single value.
     * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
     * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
     * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
     */
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || external_http_namespaceObject.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? httpsOverHttps : httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? httpOverHttps : httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new external_https_namespaceObject.Agent(options) : new external_http_namespaceObject.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/http-client/lib/auth.js
var auth_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
class BasicCredentialHandler {
    constructor(username, password) {
        this.username = username;
        this.password = password;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class auth_BearerCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Bearer ${this.token}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class PersonalAccessTokenCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`PAT:${this.token}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
//# sourceMappingURL=auth.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/oidc-utils.js
var oidc_utils_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            try {
                // New ID Token is requested from action service
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
//# sourceMappingURL=oidc-utils.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_namespaceObject.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_namespaceObject.constants.R_OK | external_fs_namespaceObject.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_namespaceObject.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = (/* unused pure expression or super */ null && (_summary));
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/path-utils.js

/**
 * toPosixPath converts the given path to the posix form. On Windows, \\ will be
 * replaced with /.
 *
 * @param pth. Path to transform.
 * @return string Posix path.
 */
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
/**
 * toWin32Path converts the given path to the win32 form. On Linux, / will be
 * replaced with \\.
 *
 * @param pth. Path to transform.
 * @return string Win32 path.
 */
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
/**
 * toPlatformPath converts the given path to a platform-specific path. It does
 * this by replacing instances of / and \ with the platform-specific path
 * separator.
 *
 * @param pth The path to platformize.
 * @return string The platform-specific path.
 */
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
//# sourceMappingURL=path-utils.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/platform.js
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_namespaceObject.platform();
const arch = external_os_namespaceObject.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
//# sourceMappingURL=platform.js.map
;// CONCATENATED MODULE: ../../node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return file_command_issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    command_issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function core_setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function core_debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return core_awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return core_awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
// EXTERNAL MODULE: ./src/secrets/redact.ts
var secrets_redact = __nccwpck_require__(511);
;// CONCATENATED MODULE: ./src/http/host.ts
/** Hosts in URLs. */
/** Whether the URL's host, as its parser sees it, is this machine: a name that merely starts so is not. */
function isLoopback({ hostname }) {
    return (hostname === 'localhost' ||
        hostname === '[::1]' ||
        // The parser has turned every spelling of an IPv4 address into four decimal numbers.
        /^127\.\d+\.\d+\.\d+$/.test(hostname));
}
/** A URL's host as sockets take it: an IPv6 address without its brackets. */
function bareHost({ hostname }) {
    return hostname.replace(/[[\]]/g, '');
}
/** The port of an http: or https: URL, whether it names one or not. */
function effectivePort({ port, protocol }) {
    if (port !== '')
        return Number(port);
    return protocol === 'https:' ? 443 : 80;
}

;// CONCATENATED MODULE: ./src/http/proxy.ts
/** Which proxy a request goes through, and why a proxy's address is refused. No I/O. */


/** The first that is set counts. */
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY'];
/** What other programs read, and this one does not. */
const OTHER_VARIABLES = ['ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'];
/** A longer value is no address. */
const MAX_LENGTH = 2048;
/** The proxy for a request, undefined where it goes without one, or the fault of the variable that names it. */
function findProxy(env, url) {
    const name = PROXY_VARIABLES.find((variable) => env[variable]);
    if (name === undefined || isLoopback(url) || isBypassed(env, url))
        return { value: undefined };
    const proxy = parseProxy(String(env[name]).trim());
    return 'value' in proxy ? proxy : { fault: `${name} ${proxy.fault}` };
}
/** What is wrong with the proxy that these addresses would be reached through. No value is shown: it may hold a password. */
function proxyFaults(env, targets) {
    const faults = targets.flatMap((url) => {
        const proxy = findProxy(env, url);
        return 'fault' in proxy ? [proxy.fault] : [];
    });
    return [...new Set(faults)];
}
/** The passwords in proxy variables, as they stand there and decoded, also where the value is no address. */
function proxySecrets(env) {
    const found = PROXY_VARIABLES.flatMap((name) => {
        const password = readPassword(env[name] ?? '');
        return [password, decode(password) ?? ''];
    });
    return [...new Set(found)].filter((secret) => secret.length >= secrets_redact/* MIN_HIDDEN_LENGTH */.NI);
}
/** What to do where a name is not found: a runner without DNS of its own usually needs a proxy. */
function adviseOnProxy(env, url) {
    if (PROXY_VARIABLES.some((name) => env[name])) {
        return `\`no_proxy\` covers ${url.hostname}, so that no proxy is used: take it out there if this runner needs the proxy`;
    }
    const other = OTHER_VARIABLES.find((name) => env[name]);
    return other
        ? `${other} is set, but this action reads \`https_proxy\` alone: set that if this runner needs the proxy`
        : 'Check `ims-url` and `verify-url` if they are set, and the DNS of this runner; if it needs a proxy, set `https_proxy`';
}
function parseProxy(value) {
    if (value.length > MAX_LENGTH)
        return { fault: `is longer than ${MAX_LENGTH} characters` };
    const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0] ?? '';
    const rest = value.slice(scheme.length);
    const end = rest.search(/[/\\?#]/);
    // What follows the host says nothing, unless it was meant to be part of a user name or password.
    if (end >= 0 && rest.includes('@', end)) {
        return { fault: rest.charAt(end) === '\\' ? BACKSLASH_FAULT : ENCODING_FAULT };
    }
    // Without a scheme the port is what tells an address from a word such as `none`.
    const isAddress = scheme ? /^https?:/i.test(scheme) : /^(?!https?:).*:\d+\/?$/i.test(rest);
    const address = `${scheme || 'http://'}${rest}`;
    const url = isAddress ? URL.parse(address) : undefined;
    if (!url)
        return { fault: ADDRESS_FAULT };
    const [user, password] = [decode(url.username), decode(url.password)];
    if (user === undefined || password === undefined)
        return { fault: ENCODING_FAULT };
    return { value: { url, account: user || password ? `${user}:${password}` : undefined } };
}
const BACKSLASH_FAULT = 'has a backslash, which ends the host in a URL: write %5C for it, as in http://CORP%5Cuser:password@host:port';
const ADDRESS_FAULT = 'is not the address of an HTTP proxy: write it as http://host:port or http://user:password@host:port';
const ENCODING_FAULT = 'has a character in the user name or password that must be percent-encoded: %2F for /, %3F for ?, %23 for #, %40 for @, %25 for %';
/** Whether `no_proxy` names the host: each entry by itself, with what is below it, or with a port. */
function isBypassed(env, url) {
    const named = [bareHost(url), url.hostname, `${url.hostname}:${effectivePort(url)}`];
    return (env['no_proxy'] || env['NO_PROXY'] || '')
        .toLowerCase()
        .split(/[\s,]+/)
        .map((entry) => entry.replace(/^\*?\.(?=.)/, ''))
        .some((entry) => entry === '*' ||
        (entry !== '' && named.some((name) => name === entry || name.endsWith(`.${entry}`))));
}
/** What stands between the first colon and the last @, behind what may be a scheme. */
function readPassword(value) {
    if (value.length > MAX_LENGTH)
        return '';
    const userInfo = value
        .slice(0, Math.max(value.lastIndexOf('@'), 0))
        .replace(/^\s*(?:https?:|[a-z][a-z0-9+.-]*:(?=[\\/]))?[\\/]*/i, '');
    const colon = userInfo.indexOf(':');
    return colon < 0 ? '' : userInfo.slice(colon + 1);
}
function decode(value) {
    try {
        return decodeURIComponent(value);
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./src/messages.ts
var messages = __nccwpck_require__(364);
// EXTERNAL MODULE: ./src/secrets/secret.ts
var secrets_secret = __nccwpck_require__(18);
// EXTERNAL MODULE: ./src/values.ts
var src_values = __nccwpck_require__(434);
// EXTERNAL MODULE: ./src/errors.ts
var errors = __nccwpck_require__(231);
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = require("node:path");
;// CONCATENATED MODULE: ./src/github/files.ts
/** Files within bounds: whatever lies at a path, reading it neither takes long nor more than it may. */



/** Opening a FIFO without O_NONBLOCK waits for a writer. */
const files_READ = external_node_fs_namespaceObject.constants.O_RDONLY | external_node_fs_namespaceObject.constants.O_NONBLOCK;
/** The text of a regular file of at most `maxBytes`, links followed, or undefined for anything else. */
function readBounded(path, maxBytes) {
    const read = catchFault(() => readOpen(external_node_fs_namespaceObject.openSync(path, files_READ), maxBytes));
    return 'value' in read ? read.value : undefined;
}
/**
 * The text of a named file: of a regular one of at most `maxBytes`, no link followed at its end. Undefined
 * where there is none. A fault ends a sentence that begins with the file.
 */
function readNamed(file, maxBytes) {
    return catchFault(() => {
        const path = locate(file);
        const stats = external_node_fs_namespaceObject.lstatSync(path, { throwIfNoEntry: false });
        if (!stats)
            return undefined;
        // Windows knows no O_NOFOLLOW.
        if (!stats.isFile())
            throw new FileFault('is not a regular file');
        return readOpen(external_node_fs_namespaceObject.openSync(path, files_READ | external_node_fs_namespaceObject.constants.O_NOFOLLOW), maxBytes);
    });
}
/** Writes a named file, readable by its owner alone, all or nothing: a new one beside it takes its place. */
function writeNamed(file, text) {
    return catchFault(() => {
        const path = locate(file);
        const old = external_node_fs_namespaceObject.lstatSync(path, { throwIfNoEntry: false });
        if (old && !old.isFile())
            throw new FileFault('is not a regular file');
        makeFolder((0,external_node_path_namespaceObject.dirname)(path));
        // A name that nobody else has: in another container of the job, another process may have this one's ID.
        const beside = (0,external_node_path_namespaceObject.join)((0,external_node_path_namespaceObject.dirname)(path), `.adobe-ims-token-${crypto.randomUUID()}`);
        try {
            external_node_fs_namespaceObject.writeFileSync(beside, text, { mode: 0o600, flag: 'wx' });
            external_node_fs_namespaceObject.renameSync(beside, path);
        }
        finally {
            external_node_fs_namespaceObject.rmSync(beside, { force: true });
        }
        return true;
    });
}
/** A fault that a nested call has found. */
class FileFault extends Error {
}
function catchFault(work) {
    try {
        return { value: work() };
    }
    catch (error) {
        if (error instanceof FileFault)
            return { fault: error.message };
        return { fault: `cannot be used (${readCode(error)})` };
    }
}
/** Node's code for a failed file operation: its message would hold the path. */
function readCode(error) {
    const code = String((0,src_values/* readPath */.G7)(error, 'code') ?? '');
    return /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? code : 'no error code';
}
function readOpen(descriptor, maxBytes) {
    try {
        const stats = external_node_fs_namespaceObject.fstatSync(descriptor);
        if (!stats.isFile())
            throw new FileFault('is not a regular file');
        if (stats.size > maxBytes)
            throw new FileFault(`is longer than ${maxBytes / 1024} KiB`);
        const buffer = Buffer.alloc(stats.size);
        return buffer.toString('utf8', 0, external_node_fs_namespaceObject.readSync(descriptor, buffer, 0, stats.size, 0));
    }
    finally {
        external_node_fs_namespaceObject.closeSync(descriptor);
    }
}
/** The path itself where it is absolute; a relative one must not lead out of its folder, by links either. */
function locate({ path, folder }) {
    if ((0,external_node_path_namespaceObject.isAbsolute)(path))
        return path;
    const target = (0,external_node_path_namespaceObject.resolve)(folder, path);
    const there = existing((0,external_node_path_namespaceObject.dirname)(target));
    const real = (0,external_node_path_namespaceObject.join)(external_node_fs_namespaceObject.realpathSync(there), (0,external_node_path_namespaceObject.relative)(there, target));
    if (!isWithin(target, (0,external_node_path_namespaceObject.resolve)(folder)) || !isWithin(real, external_node_fs_namespaceObject.realpathSync(folder))) {
        throw new FileFault('lies outside the workspace');
    }
    return target;
}
/** The folder, or the nearest one above it that is there. */
function existing(path) {
    return external_node_fs_namespaceObject.existsSync(path) ? path : existing((0,external_node_path_namespaceObject.dirname)(path));
}
/** One level at a time: Node's recursive call never ends where a folder is there and takes nothing, as `/proc` is. */
function makeFolder(path) {
    if (external_node_fs_namespaceObject.existsSync(path))
        return;
    makeFolder((0,external_node_path_namespaceObject.dirname)(path));
    try {
        external_node_fs_namespaceObject.mkdirSync(path);
    }
    catch (error) {
        // Another process may have made it meanwhile.
        if (readCode(error) !== 'EEXIST')
            throw error;
    }
}
function isWithin(path, folder) {
    const way = (0,external_node_path_namespaceObject.relative)(folder, path);
    return way !== '' && way !== '..' && !way.startsWith(`..${external_node_path_namespaceObject.sep}`) && !(0,external_node_path_namespaceObject.isAbsolute)(way);
}

;// CONCATENATED MODULE: ./src/github/command-files.ts
/** The files by which the runner takes outputs, variables, state and the summary. */



const NAMES = [
    'GITHUB_OUTPUT',
    'GITHUB_ENV',
    'GITHUB_STATE',
    'GITHUB_STEP_SUMMARY',
];
/** What keeps a file from being written, and what to do about it: a sentence without its full stop. */
function findFileFault(name, path) {
    if (!path)
        return `${name} is not set: run this action as a step of a GitHub workflow`;
    try {
        if (!external_node_fs_namespaceObject.statSync(path).isFile())
            return `${name} names something that is not a file`;
        external_node_fs_namespaceObject.accessSync(path, external_node_fs_namespaceObject.constants.W_OK);
        return undefined;
    }
    catch (error) {
        return describeFault(name, readCode(error));
    }
}
/** The fault that a code of the operating system means. */
function describeFault(name, code) {
    switch (code) {
        case 'ENOENT':
            return `${name} names a file that does not exist: an earlier step deleted it, or this job's container does not see the runner's folder`;
        case 'EACCES':
        case 'EPERM':
            return `${name} names a file that this step's user may not write (${code}): if the job runs in a container, give \`container: options: --user\` the ID of the user that the runner runs as`;
        default:
            return `${name} names a file that cannot be written (${code}): check the disk of the runner`;
    }
}
/**
 * Holds a write off what has become a FIFO meanwhile, where it would wait for a reader.
 * @throws an error with the code that opening it without waiting would have.
 */
function refuseFifo(path) {
    const isFifo = external_node_fs_namespaceObject.statSync(path, { throwIfNoEntry: false })?.isFIFO();
    if (isFifo)
        throw Object.assign(new Error('nobody reads the FIFO'), { code: 'ENXIO' });
}
/**
 * Runs what writes to the files, all or nothing: where it fails, each file gets back the length that it had.
 * @throws {FileCommandError} that says which write failed.
 */
function writeAtomically(env, write) {
    const before = NAMES.flatMap((name) => {
        const path = env[name];
        const size = path === undefined ? undefined : readSize(path);
        return path === undefined || size === undefined ? [] : [{ path, size }];
    });
    try {
        write();
    }
    catch (error) {
        // What @actions/core throws for a file that is gone has no code.
        const code = before.every(({ path }) => external_node_fs_namespaceObject.existsSync(path)) ? readCode(error) : 'ENOENT';
        for (const { path, size } of before)
            restore(path, size);
        throw new errors/* FileCommandError */.CH(`Could not write the files of the step (${code}), so nothing was published`, {
            topic: 'file-command-failed',
            hint: "Check that the runner's disk has space left, and that no earlier step changed the files that GITHUB_OUTPUT, GITHUB_ENV, GITHUB_STATE and GITHUB_STEP_SUMMARY name",
            cause: new Error(code),
        });
    }
}
function readSize(path) {
    try {
        const stats = external_node_fs_namespaceObject.statSync(path);
        return stats.isFile() ? stats.size : undefined;
    }
    catch {
        return undefined;
    }
}
function restore(path, size) {
    try {
        external_node_fs_namespaceObject.truncateSync(path, size);
    }
    catch {
        // What cannot be written cannot be put back either; the step fails in any case.
    }
}

;// CONCATENATED MODULE: ./src/github/event.ts
/** What the event that started the run says of trust: who may have written the code that runs. */

/**
 * Why GitHub withholds this run's secrets, or undefined where it does not. `unknown` where the event
 * cannot be read.
 * @see https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets
 */
function withheldBecause({ name, actor, payload, }) {
    if (actor === 'dependabot[bot]')
        return 'dependabot';
    const event = payload();
    if (event === undefined)
        return 'unknown';
    if (/^pull_request(_review|_review_comment)?$/.test(name) && isForksPullRequest(event)) {
        return 'fork-pull-request';
    }
    return (0,src_values/* readPath */.G7)(event, 'repository', 'fork') === true ? 'fork' : undefined;
}
/**
 * Whether the run has this repository's secrets and yet concerns code from elsewhere: a fork's, or that of
 * a pull request that somebody commented on. `unknown` where the event of such a run cannot be read.
 * @see https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 */
function concernsForeignCode({ name, payload }) {
    const check = CHECKS.get(name);
    if (!check)
        return undefined;
    const event = payload();
    return event === undefined ? 'unknown' : check(event);
}
/** By the events that run with secrets for somebody else's code; no other event is read, since it may be large. */
const CHECKS = new Map([
    ['pull_request_target', (event) => (isForksPullRequest(event) ? 'fork' : undefined)],
    ['workflow_run', (event) => (isForksRun(event) ? 'fork' : undefined)],
    ['issue_comment', (event) => ((0,src_values/* readPath */.G7)(event, 'issue', 'pull_request') ? 'comment' : undefined)],
]);
function isForksRun(event) {
    const head = (0,src_values/* readPath */.G7)(event, 'workflow_run', 'head_repository', 'full_name');
    return head !== (0,src_values/* readPath */.G7)(event, 'repository', 'full_name');
}
function isForksPullRequest(event) {
    const base = (0,src_values/* readPath */.G7)(event, 'pull_request', 'base', 'repo', 'full_name');
    // The head's repository is null once the fork is deleted: then it was one.
    return (base !== undefined && (0,src_values/* readPath */.G7)(event, 'pull_request', 'head', 'repo', 'full_name') !== base);
}

;// CONCATENATED MODULE: ./src/github/runner.ts
/** The runner's side of a step: the only file that touches @actions/core, and the one that reads the environment. */










const TITLE = 'Adobe IMS Access Token';
/** Longer values are masked as they are alone: their other forms would fill the log. */
const MAX_FORMS_LENGTH = 16 * 1024;
/** What GitHub sends is usually below 1 MiB. Its cap of 25 MB may take seconds to parse, which no deadline ends. */
const MAX_EVENT_BYTES = 2 * 1024 * 1024;
/** The runner that started this process. Secrets in proxy variables are masked at once. */
function openRunner() {
    const { env } = process;
    const { hide, redact, conceal } = (0,secrets_redact/* createRedactor */.lY)();
    const maskValue = (value) => {
        // The runner takes each line for a mask of its own: the mask of a single letter would hide most of the log.
        for (const line of value.split(/[\r\n]/)) {
            if (line.length >= secrets_redact/* MIN_HIDDEN_LENGTH */.NI)
                core_setSecret(line);
        }
    };
    for (const secret of proxySecrets(env)) {
        hide(new secrets_secret/* Secret */.zh(secret));
        maskValue(secret);
    }
    const trigger = {
        name: env['GITHUB_EVENT_NAME'] ?? '',
        actor: env['GITHUB_ACTOR'] ?? '',
        payload: () => (0,src_values/* readJson */.Vh)(readBounded(env['GITHUB_EVENT_PATH'] ?? '', MAX_EVENT_BYTES) ?? ''),
    };
    const folder = env['GITHUB_WORKSPACE'] ?? '';
    const link = (sentence, topic) => conceal((0,messages/* withLink */.Ni)(sentence, topic));
    const writeTo = (name, write) => {
        const path = env[name] ?? '';
        refuseFifo(path);
        write(path);
    };
    return {
        env,
        eventName: trigger.name,
        isDebug: isDebug(),
        nodeVersion: process.version,
        input: (name, options) => getInput(name, options),
        withheld: () => withheldBecause(trigger),
        foreignCode: () => concernsForeignCode(trigger),
        fileFault: (name) => findFileFault(name, env[name]),
        mask: (secret) => {
            hide(secret);
            const value = secret.reveal();
            maskValue(value);
            if (value.length <= MAX_FORMS_LENGTH) {
                for (const form of (0,secrets_secret/* encodedForms */.wV)(secret))
                    maskValue(form.reveal());
            }
            return secret;
        },
        redact,
        output: (name, value) => writeTo('GITHUB_OUTPUT', () => setOutput(name, reveal(value))),
        exportVariable: (name, value) => writeTo('GITHUB_ENV', () => exportVariable(name, reveal(value))),
        saveState: (name, value) => writeTo('GITHUB_STATE', () => saveState(name, reveal(value))),
        state: (name) => getState(name),
        writeSummary: (markdown) => writeTo('GITHUB_STEP_SUMMARY', (path) => external_node_fs_namespaceObject.appendFileSync(path, markdown)),
        atomically: (write) => writeAtomically(env, write),
        readFile: (path, maxBytes) => readNamed({ path, folder }, maxBytes),
        writeFile: (path, text) => writeNamed({ path, folder }, text),
        info: (line) => info(conceal(line)),
        debug: (line) => core_debug(conceal(line)),
        notice: (sentence, topic) => notice(link(sentence, topic), { title: TITLE }),
        warning: (sentence, topic) => warning(link(sentence, topic), { title: TITLE }),
        error: (line) => {
            const shown = conceal(line);
            error(shown, { title: TITLE });
            return shown;
        },
        warningLine: (line) => warning(conceal(line), { title: TITLE }),
        onCancel: (listener) => {
            process.on('SIGINT', listener);
            process.on('SIGTERM', listener);
        },
    };
}
function reveal(value) {
    return value instanceof secrets_secret/* Secret */.zh ? value.reveal() : value;
}

;// CONCATENATED MODULE: ./src/github/ending.ts
/** How a step ends: with its result, or with one line that says what failed, and never with a hang. */




/**
 * Runs a step and ends the process: with 0, or with `code` once the failure is reported. It ends even when
 * a connection that nobody waits for is still open, and when the step has nothing left to wait for.
 */
async function run(step, { report, code }) {
    const runner = openRunner();
    let isOver = false;
    const end = async (exitCode, tell) => {
        if (isOver)
            return;
        isOver = true;
        try {
            tell();
        }
        finally {
            await exit(exitCode, runner.env);
        }
    };
    const fail = (error) => end(code, () => report(runner, error));
    // With nobody left to read it, an error line would be the next error, for ever.
    process.stdout.on('error', () => leave(code, runner.env));
    process.on('uncaughtException', fail);
    // Node has run out of work: the step waits for what never comes, and the exit code would be 0.
    process.on('beforeExit', () => fail(new UnfinishedStepError()));
    await step(runner).then(() => end(0, () => { }), fail);
}
/** The step waits for something, and no timer, connection or file is left that could bring it. */
class UnfinishedStepError extends Error {
    name = 'UnfinishedStepError';
}
async function exit(code, env) {
    // Pipes may be written asynchronously: what is under way must be out first, if somebody reads it.
    const flushed = new Promise((resolve) => process.stdout.write('', () => resolve()));
    const late = new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
    await Promise.race([flushed, late]);
    leave(code, env);
}
/**
 * Ends the process without waiting for the system's resolver, which silent name servers hold for half a
 * minute, or for the writer of a FIFO.
 */
function leave(code, env) {
    if (isLookupPending() || isCaFileFifo(env))
        replaceProcess(code);
    process.exit(code);
}
/** No exit of Node's is of use: each waits for its threads. Another program in its place does not. */
function replaceProcess(code) {
    try {
        const script = `process.exitCode = ${code}`;
        process.execve?.(process.execPath, [process.execPath, '--eval', script], {});
    }
    catch {
        // Windows has no such call, and says that a process which is ended so failed.
        if (code !== 0)
            process.kill(process.pid, 'SIGKILL');
    }
}

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = require("node:http");
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = require("node:https");
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = require("node:net");
;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = require("node:tls");
;// CONCATENATED MODULE: ./src/http/network-errors.ts
/** What Node reports of a failed connection, told apart and put into words. */




/** For all that a proxy's address may be to blame for. */
const PROXY_HINT = 'Check scheme, host and port in `https_proxy` (http:// for a proxy that is not itself reached over TLS), and that this runner can reach it';
/** In order: the first row whose reasons match decides. */
const FAILURES = [
    {
        reasons: /^(ENOTFOUND|EAI_\w+)$/,
        topic: 'host-not-found',
        transient: true,
        message: (_, name) => `the name ${name} cannot be resolved`,
        hint: ({ env, url }) => adviseOnProxy(env, url),
    },
    {
        reasons: /^ECONNREFUSED$/,
        topic: 'connection-refused',
        transient: true,
        message: (host) => `${host} refuses the connection`,
        hint: 'Check that the firewall lets this runner reach that host and port',
    },
    {
        reasons: /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
        topic: 'certificate-refused',
        transient: false,
        sameForProxy: true,
        message: (host) => `the certificate of ${host} is expired or not yet valid`,
        hint: 'Check the clock of this runner, and which proxy or gateway presents this certificate',
    },
    {
        reasons: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
        topic: 'certificate-refused',
        transient: false,
        sameForProxy: true,
        message: (host) => `the certificate that ${host} presents is for another host`,
        hint: 'Check which proxy or gateway answered instead of it',
    },
    {
        reasons: /^UNSPECIFIED, /,
        topic: 'certificate-refused',
        transient: false,
        sameForProxy: true,
        message: (host) => `the certificate of ${host} is too weak to be trusted`,
        hint: 'Have whoever runs that server, proxy or gateway replace its certificate and CA: keys of 2048 bits or more, signed with SHA-256 or better',
    },
    {
        reasons: /TLS alert (42|116)$/,
        topic: 'tls-failed',
        transient: false,
        message: (host) => `${host} demands a client certificate, which this action does not have`,
        hint: "Adobe's servers demand none: check which proxy or gateway answered instead, and `ims-url` and `verify-url` if they are set",
    },
    {
        reasons: /TLS alert 40$/,
        topic: 'tls-failed',
        transient: false,
        message: (host) => `${host} refuses the TLS handshake`,
        hint: 'It probably demands a client certificate, which this action does not have, or a cipher that Node no longer offers: check which proxy or gateway answered',
    },
    {
        reasons: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/,
        topic: 'certificate-refused',
        transient: false,
        sameForProxy: true,
        message: (host) => `the certificate of ${host} is self-signed`,
        hint: ({ env }) => adviseOnTrust(env),
    },
    {
        reasons: /CERT|^UNABLE_TO_|^CRL_|^UNSPECIFIED$|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_|^HOSTNAME_MISMATCH$/,
        topic: 'certificate-refused',
        transient: false,
        sameForProxy: true,
        message: (host) => `the certificate of ${host} is not trusted`,
        hint: ({ env }) => adviseOnTrust(env),
    },
    {
        reasons: /^(EPROTO|ERR_SSL_\w+)\b/,
        topic: 'tls-failed',
        transient: true,
        message: (host) => `the TLS handshake with ${host} failed`,
        hint: 'Check that the server speaks HTTPS on that port, and whether a proxy or gateway answered instead of it',
    },
    {
        reasons: /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT|ERR_SOCKET_CONNECTION_TIMEOUT)$/,
        topic: 'host-unreachable',
        transient: true,
        message: (host) => `${host} cannot be reached`,
        hint: 'Check the network of this runner; if it needs a proxy, set `https_proxy`',
    },
    {
        reasons: /^HPE_HEADER_OVERFLOW$/,
        topic: 'malformed-answer',
        transient: false,
        message: (host) => `the headers of the answer from ${host} are too large`,
        hint: 'A proxy or gateway probably adds them: find out which one, and have it send fewer',
    },
    {
        reasons: /^HPE_/,
        topic: 'connection-lost',
        transient: true,
        message: (host) => `the answer from ${host} is not HTTP`,
        hint: 'Check which proxy or gateway answered instead of it',
    },
    {
        reasons: /^(E[A-Z0-9]+|ERR_STREAM_\w+)$/,
        topic: 'connection-lost',
        transient: true,
        message: (host) => `the connection to ${host} was lost before a full answer had arrived`,
        hint: 'Re-run the job; if it keeps failing, find out what closes the connections of this runner',
    },
];
/** The error for a time that is over, of one attempt or of the whole. */
function timedOut(limitMs) {
    return new errors/* TimeoutError */.MU(`no full answer within ${(0,messages/* seconds */.YA)(limitMs)}`, {
        topic: 'timeout',
        hint: 'Check whether the network or a proxy delays the connection, or raise `timeout`',
    });
}
/** The error for what ended a connection. What Node does not report of one, ours or a defect, stays as it is. */
function toNetworkError(error, peer) {
    const reason = (0,errors/* isActionError */.Bd)(error) ? '' : readReason(error);
    const failure = FAILURES.find(({ reasons }) => reasons.test(reason));
    if (!failure)
        return error;
    const { message, hint, topic, transient, sameForProxy } = failure;
    const { role, url } = peer;
    const who = role === 'proxy' ? ' (the proxy)' : '';
    const isProxyFailure = role === 'proxy' && !sameForProxy;
    return new errors/* NetworkError */.Dr(`${message(url.host + who, url.hostname + who)} (${reason})`, {
        transient,
        topic: isProxyFailure ? 'proxy-failed' : topic,
        hint: isProxyFailure ? PROXY_HINT : typeof hint === 'string' ? hint : hint(peer),
        // Nothing but the reason: Node's own errors may hold bytes of the answer, and so a token.
        cause: new Error(reason),
    });
}
/** An error as Node reports them: its code is all that is read of it. */
function nodeError(code) {
    return Object.assign(new Error(code), { code });
}
/** The error for a proxy that answers CONNECT with anything but a success. */
function tunnelRefused(status) {
    if (status === 407) {
        return new errors/* NetworkError */.Dr('the proxy requires a valid user name and password (HTTP 407)', {
            topic: 'proxy-authentication',
            transient: false,
            hint: 'Check user and password in `https_proxy`; characters such as @ and : must be percent-encoded there',
        });
    }
    return new errors/* NetworkError */.Dr(`the proxy did not open a tunnel (HTTP ${status})`, {
        topic: 'proxy-failed',
        transient: (0,errors/* isTransientStatus */.Dm)(status),
        hint: 'Check `https_proxy`, and that the proxy allows this host; `no_proxy` names the hosts to reach without it',
    });
}
/** Node's code, with the number of a TLS alert or, where it knows no code, OpenSSL's words for a weakness. */
function readReason(error) {
    const { code, message } = Object(error);
    if (typeof code !== 'string' || !/^[A-Z][A-Z0-9_/]{2,60}$/.test(code))
        return '';
    const alert = /^(?:EPROTO|ERR_SSL_)/.test(code) && /\bSSL alert number (\d{1,3})\b/.exec(message);
    const weakness = code === 'UNSPECIFIED' && /^(EE|CA) [a-z ]{1,40} too weak$/.exec(message);
    if (alert)
        return `${code}, TLS alert ${alert[1]}`;
    return weakness ? `${code}, ${weakness[0]}` : code;
}

;// CONCATENATED MODULE: ./src/http/tunnel.ts
/**
 * Tunnels through a proxy.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6
 */


/** More than this of a proxy's answer is never read. */
const MAX_ANSWER_BYTES = 16 * 1024;
/**
 * Asks a proxy, over a connection to it, for a tunnel to the host of `target`: then the socket is that tunnel.
 * @throws {NetworkError} when the proxy refuses.
 * @throws what Node would report, when the proxy leaves early or does not answer in HTTP.
 */
async function openTunnel(socket, proxy, target) {
    socket.write(connectRequest(proxy, target));
    const status = await readFinalStatus(socket);
    if (status < 200 || status > 299)
        throw tunnelRefused(status);
}
function connectRequest({ account }, target) {
    const host = `${target.hostname}:${effectivePort(target)}`;
    const authorization = account === undefined
        ? ''
        : `Proxy-Authorization: Basic ${Buffer.from(account).toString('base64')}\r\n`;
    return `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n${authorization}\r\n`;
}
/** The status of the first answer that is not merely informational. What follows its head stays unread. */
function readFinalStatus(socket) {
    return new Promise((resolve, reject) => {
        let text = '';
        const read = (chunk) => {
            text += chunk.toString('latin1');
            const answer = parseAnswer(text);
            if (!answer)
                return;
            socket.off('data', read).pause();
            if ('code' in answer)
                return reject(nodeError(answer.code));
            if (answer.rest !== '')
                socket.unshift(Buffer.from(answer.rest, 'latin1'));
            resolve(answer.status);
        };
        socket.on('data', read);
        socket.on('error', reject);
        socket.on('close', () => reject(nodeError('ECONNRESET')));
    });
}
/** The first final answer, and what follows it, or undefined while there is none. */
function parseAnswer(text) {
    if (text.length > MAX_ANSWER_BYTES)
        return { code: 'HPE_HEADER_OVERFLOW' };
    const [line, status] = /^HTTP\/1\.[01] (\d{3})[ \r]/.exec(text) ?? [];
    const end = text.indexOf('\r\n\r\n');
    if (line === undefined) {
        const mayBecomeOne = end < 0 && 'HTTP/1.'.startsWith(text.slice(0, 7));
        return mayBecomeOne ? undefined : { code: 'HPE_INVALID_CONSTANT' };
    }
    if (end < 0)
        return undefined;
    const rest = text.slice(end + 4);
    return status?.startsWith('1') ? parseAnswer(rest) : { status: Number(status), rest };
}

;// CONCATENATED MODULE: ./src/http/connection.ts
/** Connections to a server: over TCP or through a proxy's tunnel, with TLS where its address says so. */






/** What each address of a host but the last may take: Node's own 250 ms are too few for a far server. */
const ADDRESS_TIMEOUT_MS = 2_000;
/**
 * Opens a connection. It is closed, whatever it is doing, when the signal is given.
 * @throws {NetworkError} when a proxy does not open a tunnel.
 * @throws what Node reports, for any other failure.
 */
async function connect({ url, proxy, env }, signal) {
    if (!proxy)
        return openSocket(url, signal);
    const tunnel = await openTunnelThrough(proxy, url, signal).catch((error) => {
        throw toNetworkError(error, { role: 'proxy', url: proxy.url, env });
    });
    return openSocket(url, signal, tunnel);
}
async function openTunnelThrough(proxy, target, signal) {
    const socket = await openSocket(proxy.url, signal);
    await openTunnel(socket, proxy, target);
    return socket;
}
/** A socket to a URL's host, over another one where that is given, once it is connected. */
async function openSocket(url, signal, over) {
    const isSecure = url.protocol === 'https:';
    if (over && !isSecure)
        return over;
    const host = bareHost(url);
    const options = {
        host,
        port: effectivePort(url),
        lookup: sharedLookup,
        autoSelectFamily: true,
        autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT_MS,
        ...(over && { socket: over }),
    };
    const socket = isSecure
        ? (0,external_node_tls_namespaceObject.connect)({ ...options, servername: (0,external_node_net_namespaceObject.isIP)(host) ? '' : host })
        : (0,external_node_net_namespaceObject.connect)(options);
    signal.addEventListener('abort', () => socket.destroy());
    await new Promise((resolve, reject) => {
        socket.once(isSecure ? 'secureConnect' : 'connect', resolve);
        // Stays, since an error that comes once nobody waits for the socket is no news.
        socket.on('error', reject);
        socket.once('close', () => reject(nodeError('ECONNRESET')));
    });
    return socket;
}

// EXTERNAL MODULE: ./src/http/response.ts
var response = __nccwpck_require__(944);
;// CONCATENATED MODULE: ./src/http/exchange.ts
/** One exchange through @actions/http-client: bounded in time and bytes, without redirects. */









/** More than this of an answer is never read. */
const MAX_BODY_BYTES = 256 * 1024;
/** What tells a page from anything else, counted from its first character. */
const BEGINNING_BYTES = 1024;
/** What may stand before that: blanks, and a byte order mark read as Latin-1. */
const BLANKS = /^[\s\xef\xbb\xbf]+/;
/**
 * The exchange over the network, by the proxy variables and with the CAs that the environment names. It
 * sends one request and reads its answer, whatever its status, within `limitMs` milliseconds. Its
 * connection, and that to a proxy, is closed when it ends. It throws
 *
 * - TimeoutError when time is over,
 * - NetworkError when the connection fails or the answer is cut short,
 * - ResponseError when a success is larger than 256 KiB or in an encoding that was not requested,
 * - InputError when the variable that names a proxy is wrong.
 */
function openExchange(env) {
    return async (request, limitMs) => exchange(request, findRoute(request, env), limitMs);
}
async function exchange(request, route, limitMs) {
    const over = new AbortController();
    const deadline = Promise.withResolvers();
    const timer = setTimeout(() => deadline.reject(timedOut(limitMs)), limitMs);
    try {
        const answer = send(request, route, limitMs, over.signal);
        return await Promise.race([deadline.promise, answer]).catch((error) => {
            throw toNetworkError(error, { ...route, role: 'server' });
        });
    }
    finally {
        clearTimeout(timer);
        over.abort();
    }
}
/** Both steps refuse a wrong proxy before they send: this keeps any other caller from going past it. */
function findRoute(request, env) {
    const url = new URL(request.url);
    const proxy = findProxy(env, url);
    if ('value' in proxy)
        return { url, proxy: proxy.value, env };
    throw new errors/* InputError */.dz(proxy.fault, { topic: 'wrong-input', hint: 'Nothing was sent' });
}
async function send(request, route, limitMs, signal) {
    // http-client's own limit is of idle time only, and three minutes unless told.
    const client = new lib_HttpClient(undefined, undefined, { socketTimeout: Math.ceil(limitMs) + 1000 });
    const info = toRequestInfo(request, route.url, await connect(route, signal));
    const { message } = await client.requestRaw(info, request.body ?? null);
    const answer = { status: Number(message.statusCode), headers: message.headers, body: '' };
    if (answer.status < 200 || (answer.status >= 300 && answer.status < 400))
        return answer;
    const success = answer.status < 300;
    if ((0,response/* isCompressed */.c)(answer)) {
        if (success)
            throw compressed();
        return answer;
    }
    const beginning = success && request.readsBeginning;
    const { body, isWhole } = await readBody(message, beginning ? watchBeginning() : () => false);
    if (success && !beginning && !isWhole)
        throw tooLarge();
    return { ...answer, body };
}
/** Tells of each chunk whether enough has come: what tells a page from anything else, or what begins as no page does. */
function watchBeginning() {
    let size = 0;
    return (chunk) => {
        const text = chunk.toString('latin1');
        const begun = size > 0 ? text : text.replace(BLANKS, '');
        if (size === 0 && /^[^<]/.test(begun))
            return true;
        size += begun.length;
        return size >= BEGINNING_BYTES;
    };
}
/**
 * The body's first bytes, up to the chunk that is enough. http-client's own `readBody` has no bound, and never settles when the connection
 * is cut. Events, since setting up `for await` costs more than the whole body.
 */
function readBody(message, isEnough) {
    return new Promise((resolve, reject) => {
        const chunks = [];
        let size = 0;
        const finish = () => {
            const body = Buffer.concat(chunks).toString('utf8', 0, MAX_BODY_BYTES);
            resolve({ body, isWhole: size <= MAX_BODY_BYTES });
        };
        message.on('data', (chunk) => {
            chunks.push(chunk);
            size += chunk.length;
            if (size > MAX_BODY_BYTES || isEnough(chunk))
                finish();
        });
        message.on('end', finish);
        message.on('error', reject);
    });
}
/**
 * What http-client's `requestRaw` takes. Its `request` would follow redirects and tell every server the
 * runner's orchestration ID; its agents look an IPv6 literal up with its brackets on, and leave a tunnel
 * open that was given up.
 */
function toRequestInfo({ method, headers }, url, socket) {
    const { request } = url.protocol === 'https:' ? external_node_https_namespaceObject : external_node_http_namespaceObject;
    const httpModule = {
        // Node ends the connection without a word where nobody takes an answer that changes the protocol.
        request: (options, read) => request(options, read).on('upgrade', read),
    };
    return {
        parsedUrl: url,
        httpModule: httpModule,
        options: {
            method,
            host: bareHost(url),
            port: effectivePort(url),
            // Without an agent nobody else knows it, and the header Host would name the usual port.
            defaultPort: url.port ? undefined : effectivePort(url),
            path: url.pathname + url.search,
            headers: {
                ...headers,
                'accept-encoding': 'identity',
                'user-agent': 'adobe-ims-token-action',
            },
            createConnection: () => socket,
        },
    };
}
function tooLarge() {
    return new errors/* ResponseError */.o3(`the answer is larger than ${MAX_BODY_BYTES / 1024} KiB`, {
        topic: 'malformed-answer',
        hint: errors/* NOT_ADOBE_HINT */.G9,
    });
}
function compressed() {
    return new errors/* ResponseError */.o3('the answer is compressed, which the request ruled out', {
        topic: 'malformed-answer',
        hint: 'A proxy or gateway between this runner and Adobe probably changed it: check `https_proxy`',
    });
}

// EXTERNAL MODULE: ./src/adobe/scope.ts
var adobe_scope = __nccwpck_require__(826);
// EXTERNAL MODULE: ./src/services.ts
var src_services = __nccwpck_require__(188);
;// CONCATENATED MODULE: ./src/inputs/inputs.ts
/** The inputs: their names, every default, and what they are read as. */
/** By name, each input's default as `action.yml` has it: empty where the default depends on other inputs. */
const INPUTS = {
    credentials: '',
    'client-id': '',
    'client-secret': '',
    service: '',
    scope: '',
    'export-env': 'true',
    'env-prefix': '',
    verify: 'none',
    'verify-url': '',
    seal: 'false',
    'sealed-token': '',
    'sealed-token-file': '',
    'min-validity': '',
    revoke: 'false',
    'on-missing-credentials': 'fail',
    summary: 'false',
    timeout: '60',
    'max-attempts': '6',
    'org-id': '',
    'ims-url': '',
    'allowed-hosts': '',
};
const INPUT_NAMES = Object.keys(INPUTS);
/** Where neither `service` nor scopes are given. */
const DEFAULT_SERVICE = 'firefly';
/** Where scopes are given without a service. */
const DEFAULT_ENV_PREFIX = 'ADOBE';
/**
 * An hour, in milliseconds, but no more than a tenth of the token's lifetime. Adobe's advice is a new token
 * every 23 hours.
 */
const DEFAULT_MIN_VALIDITY_MS = 3_600_000;
/** Where neither `ims-url` nor `credentials` names another. */
const PRODUCTION_IMS_URL = 'https://ims-na1.adobelogin.com';
/** In characters: longer inputs are refused, so that reading them takes no time to speak of. */
const MAX_INPUT_LENGTH = 64 * 1024;

;// CONCATENATED MODULE: ./src/inputs/spelling.ts
/** Words that were misspelt, and what was meant: an input that nobody reads is worse than a wrong one. */

const PREFIX = 'INPUT_';
/**
 * The misspelt inputs. The runner sets `INPUT_X` for whatever stands under `with:`, so they can be found
 * there; but a job's `env` may hold such a name as well.
 */
function findMisspelt({ env, input, redact }) {
    const errors = [];
    const warnings = [];
    for (const variable of Object.keys(env)) {
        if (!variable.startsWith(PREFIX))
            continue;
        const given = variable.slice(PREFIX.length).toLowerCase();
        const meant = Object.hasOwn(INPUTS, given) ? undefined : meantInput(given);
        if (meant === undefined)
            continue;
        const subject = `${redact(given, 80)} is not an input of this action`;
        if (input(meant) !== '' && input(meant) !== INPUTS[meant]) {
            warnings.push(`${subject} and is ignored (did you mean ${meant}, which is given too?)`);
            continue;
        }
        const wayOut = INPUTS[meant] === ''
            ? `give \`${meant}\` as well, even if only its default`
            : `rename it, or give \`${meant}\` a value other than its default`;
        const name = redact(variable, 80 + PREFIX.length);
        errors.push({
            meant,
            fault: `${subject} (did you mean ${meant}?); if a job's \`env\` sets ${name} for another purpose, ${wayOut}`,
        });
    }
    return { errors, warnings };
}
/** The candidate that a misspelt word most likely meant, or undefined where none is near. */
function nearest(word, candidates) {
    const allowed = word.length > 5 ? 2 : 1;
    return candidates
        .filter(({ length }) => Math.abs(length - word.length) <= allowed)
        .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
        .filter(({ distance }) => distance <= allowed)
        .sort((a, b) => a.distance - b.distance)[0]?.candidate;
}
/** The input whose name is nearest to a word, whatever stands between the parts of either. */
function meantInput(word) {
    const bare = (name) => name.replace(/[-_ ]/g, '');
    const near = nearest(bare(word), INPUT_NAMES.map(bare));
    return INPUT_NAMES.find((name) => bare(name) === near);
}
/** Levenshtein's distance with neighbours swapped as one edit (optimal string alignment). */
function editDistance(a, b) {
    let before = [];
    let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i += 1) {
        const row = [i];
        for (let j = 1; j <= b.length; j += 1) {
            const same = a[i - 1] === b[j - 1];
            const edits = [at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + (same ? 0 : 1)];
            if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
                edits.push(at(before, j - 2) + 1);
            row.push(Math.min(...edits));
        }
        [before, previous] = [previous, row];
    }
    return at(previous, b.length);
}
function at(row, index) {
    return Number(row[index]);
}

;// CONCATENATED MODULE: ./src/inputs/parsers.ts
/** Single values out of raw strings: the value, or how the sentence on its fault ends; and what is wrong with a secret. */






/**
 * Words that begin the names which the runner, Node.js, npm, the loader or a shell gives meaning to. One
 * preset begins so too.
 */
const RESERVED_PREFIX = /^(?!USER_MANAGEMENT$)(ACTIONS|AGENT|BASH|CI|DYLD|ENV|GITHUB|HOME|IFS|INPUT|LANG|LC|LD|NODE|NPM|PATH|PWD|RUNNER|SHELL|SSL|STATE|SUDO|SYSTEM|USER|ZSH)(_|$)/i;
const MAX_CLIENT_ID_LENGTH = 256;
const MIN_SECRET_LENGTH = 8;
/** Adobe allows two: more are a file that was pasted, and each would be a request. */
const MAX_SECRETS = 5;
/** What a client secret looks like that is something else, and how the sentence on it ends. */
const SHAPES = [
    [/^(["'`]).*\1$/, 'has quotes around it'],
    [/^\$/, 'begins with $, like a variable that was not expanded'],
    [/^(secrets|vars|env)\.[A-Za-z_]\w*$/, 'is the name of a secret instead of its value'],
    [/^[{[]/, 'looks like JSON: the file of a credential goes into `credentials`'],
    [/^[A-Za-z_]\w*=[^=]/, 'has the form NAME=value: give the value alone'],
];
/** YAML 1.2's core schema, as `core.getBooleanInput` reads it. */
function parseBoolean(raw) {
    if (/^(true|True|TRUE)$/.test(raw))
        return { value: true };
    if (/^(false|False|FALSE)$/.test(raw))
        return { value: false };
    return { fault: 'is neither true nor false' };
}
/** A whole number in decimal digits, within both bounds. */
function parseWhole(raw, min, max) {
    const value = /^\d+$/.test(raw) ? Number(raw) : Number.NaN;
    return value >= min && value <= max
        ? { value }
        : { fault: `is not a whole number from ${min} to ${max}` };
}
/** One of the choices, letter by letter; the fault names the one that was probably meant. */
function parseChoice(raw, choices) {
    const value = choices.find((choice) => choice === raw);
    return value === undefined ? { fault: `is ${unknown([raw], choices)}` } : { value };
}
function unknown(words, choices) {
    const near = words.flatMap((word) => nearest(word.toLowerCase(), choices) ?? []);
    const meant = near.length > 0 ? `: did you mean ${(0,messages/* list */.p_)(near)}?` : '';
    return `unknown${meant} (allowed: ${choices.join(', ')})`;
}
/** One or more presets, separated by commas or blanks, under the names of their rows. */
function parseServices(raw) {
    const words = raw.split(/[\s,]/).filter((part) => part !== '');
    const names = words.map((word) => src_services/* SERVICE_NAMES */.Z1.find((name) => name === (src_services/* SERVICE_ALIASES */.z.get(word) ?? word)));
    const wrong = words.flatMap((word, index) => names[index] ? [] : [{ word, place: String(index + 1) }]);
    if (words.length === 0)
        return { fault: 'names no service' };
    if (wrong.length === 0)
        return { value: [...new Set(names)].filter((name) => name !== undefined) };
    const places = (0,messages/* list */.p_)(wrong.map(({ place }) => place));
    const subject = wrong.length === 1 ? `name ${places}, which is` : `names ${places}, which are`;
    const verb = words.length === 1 ? 'is' : `holds ${subject}`;
    return {
        fault: `${verb} ${unknown(wrong.map(({ word }) => word), src_services/* SERVICE_NAMES */.Z1)}`,
    };
}
/**
 * Scopes separated by commas, spaces or line breaks, as a JSON array, or as a YAML list of either style.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-3.3
 */
function parseScopes(raw) {
    const inBrackets = /^\s*\[([^"]*)\]\s*$/.exec(raw)?.[1];
    const words = (readJsonStrings(raw) ?? [inBrackets ?? raw]).join(' ').split(/[\s,]/);
    const [first] = words.filter((word) => word !== '');
    // A YAML list: its dashes are no scopes, and its items may be quoted.
    const isList = first === '-' || inBrackets !== undefined;
    const items = isList ? words.map((word) => word.replace(/^(-|"|')|("|')$/g, '')) : words;
    const scopes = [...new Set(items.filter((scope) => scope !== ''))];
    if (scopes.length === 0)
        return { fault: 'names no scope' };
    const bad = scopes.filter((scope) => !(0,adobe_scope/* isScope */.T2)(scope));
    return bad.length > 0
        ? {
            fault: 'has a character that no scope may have: printable ASCII without " and \\ is allowed',
        }
        : { value: scopes };
}
/** A client ID, whose form Adobe does not document: printable ASCII without spaces. */
function parseClientId(raw) {
    return /^[!-~]+$/.test(raw) && raw.length <= MAX_CLIENT_ID_LENGTH
        ? { value: raw }
        : {
            fault: `is not a client ID: at most ${MAX_CLIENT_ID_LENGTH} printable ASCII characters without spaces are allowed`,
        };
}
/**
 * The secrets in `client-secret`, one a line, without blanks and duplicates, wrong ones included. The
 * strings of a JSON array count as lines.
 */
function parseSecrets(raw) {
    const seen = new Set(['']);
    const lines = (readJsonStrings(raw) ?? [raw]).join('\n').split(/\r\n|\r|\n/);
    return lines.flatMap((text, index) => {
        const value = text.trim();
        if (seen.has(value))
            return [];
        seen.add(value);
        return [{ line: index + 1, secret: new secrets_secret/* Secret */.zh(value) }];
    });
}
/** What is wrong with one line of `client-secret`, without a word of the line itself. */
function secretFault(secret) {
    const value = secret.reveal();
    if (!/^[!-~]+$/.test(value)) {
        return 'has characters other than printable ASCII without spaces: copy the secret again';
    }
    return value.length < MIN_SECRET_LENGTH
        ? `is shorter than ${MIN_SECRET_LENGTH} characters: copy the secret again`
        : undefined;
}
/** What is wrong with the number of secrets. */
function secretCountFault(secrets) {
    return secrets.length > MAX_SECRETS
        ? `holds ${secrets.length} client secrets: at most ${MAX_SECRETS} are allowed`
        : undefined;
}
/** What a secret that IMS refuses looks like instead, as the end of a sentence about it; undefined for one that looks right. */
function describeShape(secret) {
    const value = secret.reveal();
    return SHAPES.find(([pattern]) => pattern.test(value))?.[1];
}
/** The strings of a JSON array of nothing else, or undefined. */
function readJsonStrings(text) {
    const value = /^\s*\[/.test(text) ? (0,src_values/* readJson */.Vh)(text) : undefined;
    return Array.isArray(value) && value.every((item) => typeof item === 'string')
        ? value
        : undefined;
}
/** What the names of variables begin with, none that means something to the runner, Node.js or a shell. */
function parseEnvPrefix(raw) {
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(raw)) {
        return {
            fault: 'is not a variable name: letters, digits and _ are allowed, no digit first',
        };
    }
    return RESERVED_PREFIX.test(raw)
        ? { fault: 'is reserved for the runner, Node.js or a shell: choose another' }
        : { value: raw };
}
/** An IMS organization, whose form Adobe does not document: printable ASCII without spaces. */
function parseOrgId(raw) {
    return /^[!-~]{1,256}$/.test(raw)
        ? { value: raw }
        : { fault: 'is not an organization ID: it looks like 1234567890ABCDEF@AdobeOrg' };
}

;// CONCATENATED MODULE: ./src/steps/cancellation.ts
/** What happens to a token that is on its way when the job is cancelled. */


/**
 * Watches for the job's cancellation, which from here on does not end the process by itself.
 * @param cancelledError makes the error that ends what is abandoned.
 */
function watchCancellation(runner, clock, cancelledError = mintingCancelled) {
    const cancelled = Promise.withResolvers();
    const graceOver = Promise.withResolvers();
    // Both may be rejected while nobody waits for them.
    for (const { promise } of [cancelled, graceOver])
        promise.catch(() => { });
    let isCancelled = false;
    runner.onCancel(() => {
        isCancelled = true;
        cancelled.reject(cancelledError());
        clock.sleep(CANCELLATION_GRACE_MS).then(() => graceOver.reject(cancelledError()));
    });
    const begin = (work) => (isCancelled ? cancelled.promise : work());
    return {
        stopped: () => (isCancelled ? 'the job was cancelled' : undefined),
        finish: (work) => Promise.race([begin(work), graceOver.promise]),
        abandon: (work) => Promise.race([cancelled.promise, begin(work)]),
    };
}
/** For a step that leaves nothing behind when it is cancelled: the signal ends the process at once. */
const NO_CANCELLATION = {
    stopped: () => undefined,
    finish: (work) => work(),
    abandon: (work) => work(),
};
/** From here on a cancelled job gets all that the step does: it is over in milliseconds. */
function ignoreCancel(runner) {
    runner.onCancel(() => { });
}
function mintingCancelled() {
    return new errors/* CancelledError */.cc('The job was cancelled, so no token is published', {
        topic: 'cancelled',
        hint: 'If a token had already arrived, the post step revokes it',
    });
}

;// CONCATENATED MODULE: ./src/steps/diagnostics.ts
/** What debug logging tells beyond the attempts: the step's surroundings, and where a defect came from. */




/** One line on what the step works with: enough to tell one runner from another, and no secret. */
function debugSurroundings(runner, inputs) {
    if (!runner.isDebug)
        return;
    const proxy = findProxy(runner.env, new URL(inputs.imsUrl));
    const host = 'value' in proxy ? proxy.value?.url.host : undefined;
    const authorities = runner.env['NODE_EXTRA_CA_CERTS'];
    const parts = [
        `adobe-ims-token-action ${messages/* VERSION */.xv}`,
        `Node.js ${runner.nodeVersion}`,
        `proxy ${host ?? 'none'}`,
        `NODE_EXTRA_CA_CERTS ${authorities ? runner.redact(authorities) : 'not set'}`,
        `services ${inputs.services.join(',') || 'none'}`,
        `scopes ${runner.redact(inputs.scopes.join(','), MAX_INPUT_LENGTH)}`,
    ];
    runner.debug(parts.join('; '));
}
/** Where a defect of this action came from: the frames alone, since the message could hold anything. */
function diagnostics_debugFrames(runner, error) {
    if ((0,errors/* isActionError */.Bd)(error) || !(error instanceof Error))
        return;
    // A message of several lines could have one that begins like a frame.
    const [, ...frames] = (error.stack ?? '').split(error.message);
    for (const line of frames.join(error.message).split('\n')) {
        if (/^\s+at /.test(line))
            runner.debug(line.trim());
    }
}

// EXTERNAL MODULE: ./src/adobe/token.ts
var adobe_token = __nccwpck_require__(699);
;// CONCATENATED MODULE: ./src/steps/outputs.ts
/** The outputs: their names, and the value of each. */


/** What `steps.ID.outputs` holds after a run that `on-missing-credentials: skip` ended without a token. */
function listSkippedOutputs() {
    return [['skipped', (0,secrets_secret/* plain */.pj)('true')]];
}
/** What it holds after a run that failed: the line that says why, as the log has it. */
function listFailureOutputs(error) {
    return [['error', (0,secrets_secret/* plain */.pj)(error)]];
}
/** What it holds after a run with a token. */
function listOutputs(inputs, { token, source, verified, sealedToken }, nowMs) {
    return [
        ['access-token', token.value],
        ['token-type', (0,secrets_secret/* plain */.pj)('bearer')],
        ['expires-in', (0,secrets_secret/* plain */.pj)(String((0,adobe_token/* secondsUntil */.Ch)(token.expiresAtMs, nowMs)))],
        ['expires-at', (0,secrets_secret/* plain */.pj)((0,adobe_token/* isoSeconds */.nE)(token.expiresAtMs))],
        ['scope', (0,secrets_secret/* plain */.pj)(token.scopes.join(','))],
        ['client-id', (0,secrets_secret/* plain */.pj)(inputs.clientId)],
        ...(inputs.orgId === undefined ? [] : [['org-id', (0,secrets_secret/* plain */.pj)(inputs.orgId)]]),
        ['source', (0,secrets_secret/* plain */.pj)(source)],
        ['verified', (0,secrets_secret/* plain */.pj)(verified)],
        ['skipped', (0,secrets_secret/* plain */.pj)('false')],
        ...(sealedToken === undefined ? [] : [['sealed-token', (0,secrets_secret/* plain */.pj)(sealedToken)]]),
    ];
}

;// CONCATENATED MODULE: ./src/steps/summary.ts
/** The job summary's table, in HTML that GitHub's Markdown leaves alone. */


/** A table of what was got. It holds no secret, and everything in it is escaped. */
function renderSummary(inputs, publication, nowMs) {
    const { token, source, verified, attempts } = publication;
    const missing = (0,adobe_token/* missingScopes */["if"])(inputs.scopes, token);
    const rows = [
        ...(inputs.services.length > 0
            ? [
                [
                    inputs.services.length === 1 ? 'Service' : 'Services',
                    inputs.services.map(code).join('<br>'),
                ],
            ]
            : []),
        ...(inputs.imsUrl === PRODUCTION_IMS_URL
            ? []
            : [['IMS', code(new URL(inputs.imsUrl).host)]]),
        ['Client ID', code(inputs.clientId)],
        [
            'Scopes',
            [
                ...token.scopes.map(code),
                ...missing.map((scope) => `<del>${code(scope)}</del> (requested, not granted)`),
            ].join('<br>'),
        ],
        ['Source', escapeHtml(source)],
        [
            'Valid until',
            `${escapeHtml((0,adobe_token/* isoSeconds */.nE)(token.expiresAtMs))} (${duration((0,adobe_token/* secondsUntil */.Ch)(token.expiresAtMs, nowMs))})`,
        ],
        ['Verified', escapeHtml(verified)],
        ['Attempts', escapeHtml(String(attempts))],
    ];
    return renderTable(rows);
}
/** A table of what failed and what to do: the line that the log shows. */
function renderFailure(line) {
    return renderTable([['Failed', escapeHtml(line)]]);
}
function renderTable(rows) {
    // One line: a blank line would end the HTML block, and Markdown would be read again.
    const body = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`);
    return `### Adobe IMS access token\n\n<table>${body.join('')}</table>\n\n`;
}
/** `23 h 59 min`, `59 min`, `59 s`. */
function duration(totalSeconds) {
    if (totalSeconds < 60)
        return `${totalSeconds} s`;
    const minutes = Math.floor(totalSeconds / 60);
    return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
/** Everything but plain words becomes a character reference, so neither HTML nor Markdown sees markup. */
function escapeHtml(text) {
    return text.replace(/[^A-Za-z0-9 .,:-]/gu, (character) => `&#${character.codePointAt(0)};`);
}
function code(text) {
    return `<code>${escapeHtml(text)}</code>`;
}

;// CONCATENATED MODULE: ./src/steps/failure.ts
/** What a failed step leaves behind: its line in the log, the output `error`, and a row in the summary. */






/** Tells that the main step failed, and why. */
function reportFailure(runner, error) {
    ignoreCancel(runner);
    diagnostics_debugFrames(runner, error);
    const shown = runner.error((0,messages/* describeError */.Uc)(error));
    const isWritable = (name) => runner.fileFault(name) === undefined;
    const summary = parseBoolean(runner.input('summary'));
    const wantsSummary = 'value' in summary && summary.value;
    if (isWritable('GITHUB_OUTPUT')) {
        tryTo(runner, () => {
            for (const [name, value] of listFailureOutputs(shown))
                runner.output(name, value);
        });
    }
    if (wantsSummary && isWritable('GITHUB_STEP_SUMMARY')) {
        tryTo(runner, () => runner.writeSummary(renderFailure(shown)));
    }
}
/** Tells that the post step failed: a job that did its work must not fail with it. */
function reportPostFailure(runner, error) {
    debugFrames(runner, error);
    runner.warningLine(describeError(error));
}
/** The step has failed already: what cannot be written is not worth another error, and none of it is left. */
function tryTo(runner, write) {
    try {
        runner.atomically(write);
    }
    catch {
        // The error's line stands in the log.
    }
}

;// CONCATENATED MODULE: ./src/http/retry.ts
/** The retry policy: whether a request is sent again, after which wait, and how long an attempt may take. */




/** What the wait after each attempt may come to: the last counts for all that follow. */
const CEILINGS_MS = [1_000, 2_000, 4_000, 8_000];
const LAST_CEILING_MS = 10_000;
/** Time left is not halved below this: a slow server needs a whole answer's time. */
const MIN_LIMIT_MS = 10_000;
/** No attempt but the first begins with less: a handshake over a slow line takes about that long. */
const MIN_LEFT_MS = 1_000;
/** A timer may fire that much late before the time left counts as lost. */
const TIMER_DELAY_MS = 200;
/** What a `timeout` that is suggested leaves for the attempt itself. */
const SUGGESTED_ATTEMPT_MS = 5_000;
/**
 * Runs `attempt` until it succeeds, fails for good, or neither tries nor time are left. `attempt` gets
 * the time that it may take, in milliseconds.
 * @throws {ActionError} that of the last attempt in its final form: a timeout tells the whole time. What
 *   is not one is thrown as it is.
 */
async function withRetries(task, attempt, policy) {
    const { clock, maxAttempts, deadlineMs, stopped } = policy;
    if (clock.elapsed() >= deadlineMs) {
        // Sent without time for an answer, a request would be given up with a token on its way.
        const trail = { task, attempts: 0, gaveUp: noTimeLeft(0, maxAttempts) };
        throw timedOut(clock.elapsed()).giveUp({ trail });
    }
    for (let attempts = 1;; attempts += 1) {
        const startedMs = clock.elapsed();
        const log = (outcome) => policy.debug(`attempt ${attempts} of ${maxAttempts}: ${outcome} (${(0,messages/* seconds */.YA)(clock.elapsed() - startedMs)})`);
        try {
            const value = await attempt(attemptLimitMs(deadlineMs - startedMs, maxAttempts - attempts + 1));
            log('succeeded');
            return { value, attempts };
        }
        catch (error) {
            if (!(0,errors/* isActionError */.Bd)(error))
                throw error;
            const next = planNext(error, attempts, policy);
            if ('gaveUp' in next) {
                log(error.message);
                throw toFinal(error, { task, attempts, gaveUp: next.gaveUp }, clock, next.advice);
            }
            log(`${error.message}; next try in ${(0,messages/* seconds */.YA)(next.waitMs)}`);
            await clock.sleep(next.waitMs);
            // The machine may have been suspended meanwhile.
            const late = deadlineMs - clock.elapsed() < MIN_LEFT_MS - TIMER_DELAY_MS;
            const gaveUp = stopped() ?? (late ? noTimeLeft(attempts, maxAttempts) : undefined);
            if (gaveUp)
                throw toFinal(error, { task, attempts, gaveUp }, clock);
        }
    }
}
/** The time that an attempt may take: half of what is left, so that one which hangs leaves time for the next. */
function attemptLimitMs(leftMs, attemptsLeft) {
    return attemptsLeft === 1 ? leftMs : Math.min(leftMs, Math.max(leftMs / 2, MIN_LIMIT_MS));
}
/**
 * The wait before the next attempt, on top of what the server asks for: between half of an exponential
 * ceiling and the whole, so that jobs which began at once do not send at once, and the waits together
 * outlast an outage of ten seconds.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
function delayMs(attempts, floorMs, random) {
    return floorMs + (ceilingMs(attempts) * (1 + random())) / 2;
}
function ceilingMs(attempts) {
    return CEILINGS_MS[attempts - 1] ?? LAST_CEILING_MS;
}
function planNext(error, attempts, { maxAttempts, deadlineMs, clock, stopped }) {
    if (!(0,errors/* isTransient */.dg)(error) || attempts === maxAttempts)
        return { gaveUp: undefined };
    const reason = stopped();
    if (reason)
        return { gaveUp: reason };
    const spareMs = deadlineMs - clock.elapsed() - MIN_LEFT_MS;
    if (spareMs < 0)
        return { gaveUp: noTimeLeft(attempts, maxAttempts) };
    const floorMs = error.code === 'HTTP' ? error.advice.retryAfterMs : 0;
    if (floorMs <= spareMs) {
        return { waitMs: Math.min(delayMs(attempts, floorMs, clock.random), spareMs) };
    }
    const [requested, spare] = [Math.ceil(floorMs / 1000), Math.floor(spareMs / 1000)];
    return {
        gaveUp: `the server asks to wait ${requested} s, longer than the ${spare} s that the step can still wait`,
        advice: adviseTimeout(floorMs, clock.elapsed() + floorMs + ceilingMs(attempts)),
    };
}
/** What to do about a wait that ends `dueMs` after the start of the process, at the latest. */
function adviseTimeout(floorMs, dueMs) {
    const timeoutS = Math.ceil((dueMs + SUGGESTED_ATTEMPT_MS) / 10_000) * 10;
    return timeoutS <= MAX_TIMEOUT_S
        ? `Set \`timeout\` to ${timeoutS} or more, or run the job again later`
        : `Run the job again in ${Math.ceil(floorMs / 60_000)} minutes or later`;
}
function noTimeLeft(attempts, maxAttempts) {
    return `no time left for attempt ${attempts + 1} of ${maxAttempts}`;
}
/** The error in its final form: what a single attempt knew of its time says nothing of the whole. */
function toFinal(error, trail, clock, advice) {
    const last = error.code === 'TIMEOUT' ? timedOut(clock.elapsed()) : error;
    return last.giveUp({ trail, ...(advice && { hint: `${advice}. ${error.hint}` }) });
}

;// CONCATENATED MODULE: ./src/http/client.ts
/** Requests that are sent again as the retry policy says, within the step's one deadline. */

/** A client whose requests share a deadline. */
function openClient({ exchange, ...policy }) {
    const { clock, debug } = policy;
    return {
        send: (task, request, read) => {
            const { origin, pathname } = new URL(request.url);
            const attempt = async (limitMs) => {
                const answer = await exchange(request, limitMs);
                return read({ ...answer, receivedAtMs: clock.now() });
            };
            return withRetries(task, attempt, {
                ...policy,
                debug: (line) => debug(`${request.method} ${origin}${pathname}: ${line}`),
            });
        },
    };
}

;// CONCATENATED MODULE: ./src/http/environment.ts
/** What in the step's environment would lose the secret or the token, found before anything is sent. */



/** What is wrong with the environment, given the addresses that will be called: a sentence for each fault. */
function environmentFaults(env, targets) {
    const faults = [];
    if (env['NODE_DEBUG']) {
        faults.push('NODE_DEBUG is set and could print the secret and the token: remove it from `env`');
    }
    if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' && !targets.every(isLoopback)) {
        faults.push('NODE_TLS_REJECT_UNAUTHORIZED is 0, and would hand the secret to whoever answers: remove it, and name a private CA in NODE_EXTRA_CA_CERTS');
    }
    if (isCaFileFifo(env)) {
        faults.push('NODE_EXTRA_CA_CERTS names a FIFO, and Node may wait for its end for ever: name a regular file');
    }
    return [...faults, ...nodeOptionFaults(env), ...proxyFaults(env, targets)];
}
/** Options of Node that undo what the step promises, and how. */
const REFUSED_OPTIONS = [
    [/^--tls-keylog$/, 'writes the keys of its connections to a file'],
    [/^--tls-min-v1\.[01]$/, 'allows versions of TLS that are broken'],
    [/^--(tls-cipher-list|openssl-(shared-)?config)$/, 'could allow weak ciphers and certificates'],
    [/^--inspect[a-z-]*$/, 'lets a debugger read the secret and the token'],
    [
        /^--(report-(on-signal|on-fatalerror|uncaught-exception)|heapsnapshot-[a-z-]+)$/,
        'writes the secret and the token to a file',
    ],
];
/** Options are told by their names alone: nothing else of the variable is shown. */
function nodeOptionFaults(env) {
    const words = (env['NODE_OPTIONS'] ?? '').match(/("(\\.|[^"\\])*"?|[^ "])+/gs) ?? [];
    const names = new Set(words.map(readOptionName));
    return [...names].flatMap((name) => {
        const what = REFUSED_OPTIONS.find(([pattern]) => pattern.test(name))?.[1];
        return what ? [`NODE_OPTIONS has ${name}, which ${what}: remove it from \`env\``] : [];
    });
}
/** As Node reads it: _ is - in a name, quotation marks may stand around any part, and there \ before any character. */
function readOptionName(word) {
    const plain = word.replace(/"((?:\\.|[^"\\])*)"?/gs, (_, quoted) => quoted.replace(/\\(.)/gs, '$1'));
    return plain.replace(/=.*/s, '').replaceAll('_', '-');
}

;// CONCATENATED MODULE: ./src/inputs/consistency.ts
/** Whether inputs that are right one by one are right together, and in these surroundings. */





/** Inputs that are right one by one and wrong together. Nothing is said that hangs on one that is unread. */
function contradictions(inputs, source, unread) {
    return [
        ...identityFaults(inputs),
        ...sealFaults(inputs),
        ...verificationFaults(inputs, source, unread),
    ];
}
/** A secret in one of these would be published as an output. A file's client IDs are compared where it is read. */
function identityFaults({ clientId, clientSecrets, orgId, scopes }) {
    const values = clientSecrets.map(({ secret }) => secret.reveal());
    const holds = (text) => values.some((value) => text.includes(value));
    return [
        ...(values.includes(clientId)
            ? ['client-secret has the same value as the client ID: copy both again']
            : holds(clientId)
                ? ['the client ID holds the client secret: copy both again']
                : []),
        ...(scopes.some(holds) ? ['scope holds the client secret: remove it there'] : []),
        ...(orgId !== undefined && holds(orgId)
            ? ['the organization ID holds the client secret: copy both again']
            : []),
    ];
}
function sealFaults({ seal, sealedTokenFile, revoke, clientSecrets }) {
    const faults = [];
    if (seal && revoke) {
        faults.push('seal and revoke are both true: a sealed token is of no use once it is revoked');
    }
    if (sealedTokenFile !== undefined && revoke) {
        faults.push('sealed-token-file is set, and revoke is true: a sealed token is of no use once it is revoked');
    }
    if (seal && !clientSecrets.every(({ secret }) => (0,secrets_secret/* canSeal */.w3)(secret))) {
        faults.push(`seal is true, and a client secret is shorter than ${secrets_secret/* MIN_SEALING_LENGTH */.W2} characters: too short to seal a token with`);
    }
    return faults;
}
function verificationFaults(inputs, source, unread) {
    const isUnread = (...names) => names.some((name) => unread.has(name));
    const hasVerifyUrl = source.input('verify-url') !== '' || isUnread('verify-url');
    const { services, verify, verifyTargets, orgId, imsUrl } = inputs;
    const faults = [];
    if (hasVerifyUrl && services.length > 1) {
        faults.push('verify-url is set, and service names several: one address cannot check them all, so leave verify-url out');
    }
    if (verify !== 'service')
        return faults;
    if (verifyTargets.length === 0 && !isUnread('service', 'verify-url', 'credentials')) {
        faults.push('verify is service, and neither service nor verify-url says what to call: set one of them, or use verify: token');
    }
    if (hasVerifyUrl)
        return faults;
    const called = verifyTargets.filter(({ url }) => url !== undefined);
    if (imsUrl !== PRODUCTION_IMS_URL && called.length > 0) {
        faults.push(verifyTargets.length > 1
            ? "verify is service, and ims-url is not Adobe's production, whose services refuse tokens from elsewhere: use verify: token"
            : "verify is service, and ims-url is not Adobe's production: set verify-url to the service's address in that environment, since Adobe's production services refuse tokens from elsewhere");
    }
    const demanding = called.flatMap(({ service }) => {
        const row = service && src_services/* SERVICES */.Bg[service];
        return service && row?.orgHeader ? [service] : [];
    });
    if (orgId === undefined && demanding.length > 0 && !isUnread('org-id', 'credentials')) {
        faults.push(`verify is service, and ${(0,messages/* list */.p_)(demanding)} ${demanding.length === 1 ? 'demands' : 'demand'} the organization: set org-id to the organization ID that the project's page in the Adobe Developer Console shows, such as 1234567890ABCDEF@AdobeOrg`);
    }
    return faults;
}
/** What in the step's surroundings keeps these inputs from being served safely. */
function surroundingFaults(inputs, { env, fileFault }) {
    const called = inputs.verify === 'service' ? inputs.verifyTargets : [];
    const targets = [inputs.imsUrl, ...called.flatMap(({ url }) => url ?? [])];
    const written = [
        'GITHUB_OUTPUT',
        ...(inputs.exportEnv || inputs.revoke ? ['GITHUB_ENV'] : []),
        ...(inputs.revoke ? ['GITHUB_STATE'] : []),
        ...(inputs.summary ? ['GITHUB_STEP_SUMMARY'] : []),
    ];
    return [
        ...environmentFaults(env, targets.map((url) => new URL(url))),
        ...written.flatMap((name) => fileFault(name) ?? []),
    ];
}

;// CONCATENATED MODULE: ./src/inputs/credentials-mistakes.ts
/** What a file that is none of the right ones looks like, and where the right one comes from. */

const RIGHT_FILE = 'download the file of an OAuth Server-to-Server credential in the Adobe Developer Console, with "Download for Postman > OAuth Server-to-Server" or with "Download" on the page of the project';
const STORE_FILE = 'store the content of the file on one line, for example with `jq -c . file.json | gh secret set ADOBE_CREDENTIALS`';
const SERVICE_ACCOUNT_FAULT = `looks like the file of a Service Account (JWT) credential, which is made for a private key: ${RIGHT_FILE}`;
const WEB_APP_FAULT = `looks like the file of an OAuth Web App credential, which is for signing users in: ${RIGHT_FILE}`;
/** What a JSON without a credential looks like, as the end of a sentence that begins with the input's name. */
function describeJson(json) {
    if (typeof json === 'string') {
        return isStructure(json)
            ? `is JSON inside a JSON string: ${STORE_FILE}`
            : `is a JSON string, not the content of a file: ${RIGHT_FILE}`;
    }
    if (!(0,src_values/* isObject */.Gv)(json)) {
        return `is a JSON ${Array.isArray(json) ? 'array' : 'value'}, not one of Adobe's files: ${RIGHT_FILE}`;
    }
    if (Object.keys(json).length === 0)
        return `is an empty JSON object: ${RIGHT_FILE}`;
    if ((0,src_values/* readPath */.G7)(json, 'integration', 'privateKey') !== undefined) {
        return `looks like the service credentials of AEM as a Cloud Service, which are made for a private key: ${RIGHT_FILE}`;
    }
    if ((0,src_values/* readPath */.G7)(json, 'web') !== undefined || (0,src_values/* readPath */.G7)(json, 'oauth2') !== undefined) {
        return WEB_APP_FAULT;
    }
    if ((0,src_values/* readPath */.G7)(json, 'info') !== undefined && (0,src_values/* readPath */.G7)(json, 'item') !== undefined) {
        return `looks like a Postman collection, which holds requests, instead of an environment: ${RIGHT_FILE}`;
    }
    if ((0,src_values/* readPath */.G7)(json, 'project') !== undefined)
        return describeProject(json);
    if ((0,src_values/* readPath */.G7)(json, 'access_token') !== undefined) {
        return `looks like a token, not like the credential that gets one: ${RIGHT_FILE}`;
    }
    return `is JSON without a client ID (API_KEY or CLIENT_ID) and client secret: ${RIGHT_FILE}`;
}
/** The same of a text that is no JSON; `assigns` says whether it has lines `NAME=value`. */
function describeText(text, assigns) {
    if (isStructure(text))
        return `is JSON that was truncated or changed: ${STORE_FILE}`;
    if (text.startsWith('<'))
        return `is a web page or XML, not the content of a file: ${RIGHT_FILE}`;
    if (text.includes('PRIVATE KEY-----'))
        return SERVICE_ACCOUNT_FAULT;
    if (text.startsWith('-----BEGIN'))
        return `is a certificate or public key: ${RIGHT_FILE}`;
    if (/^https?:/i.test(text))
        return `is the address of a page, not the content of a file: ${RIGHT_FILE}`;
    if (/^(\$|secrets\.|vars\.|env\.)/.test(text)) {
        return 'is the name of a secret or variable instead of its value: write it as an expression, with `secrets.NAME` inside it';
    }
    if (isJwt(text))
        return `looks like a token, not like the credential that gets one: ${RIGHT_FILE}`;
    const decoded = decodeBase64(text);
    if (isStructure(decoded) || /^(export )?\w+ *=/.test(decoded)) {
        return `is in base64: ${STORE_FILE}`;
    }
    if (isPath(text))
        return `is the path of a file instead of its content: ${STORE_FILE}`;
    if (assigns) {
        return 'has lines NAME=value, but none for CLIENT_ID (or API_KEY) and CLIENT_SECRET: add them';
    }
    return /\s/.test(text)
        ? `is neither JSON nor lines NAME=value: ${RIGHT_FILE}`
        : 'is a single word: give a client ID as `client-id`, a client secret as `client-secret`, and the content of a file as `credentials`';
}
/** The text in base64, or in its alphabet for URLs; empty where it is in neither. */
function decodeBase64(text) {
    return /^[\w+/\s-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64').toString('utf8').trim() : '';
}
/** Whether a text is a JSON Web Token, by its beginning: `{"` in base64url. */
function isJwt(text) {
    return /^(Bearer\s+)?eyJ[\w-]*\.[\w-]*\.[\w-]*$/i.test(text);
}
function describeProject(json) {
    const list = (0,src_values/* readPath */.G7)(json, 'project', 'workspace', 'details', 'credentials');
    const credentials = Array.isArray(list) ? list : [];
    const has = (...names) => credentials.some((entry) => names.some((name) => (0,src_values/* readPath */.G7)(entry, name) !== undefined));
    const kinds = [
        has('jwt') && 'a Service Account (JWT) credential',
        has('oauth2', 'oauth_web', 'oauthweb') && 'an OAuth Web App credential',
        has('api_key', 'apikey') && 'an API key',
    ].filter((kind) => kind !== false);
    const instead = kinds.length > 0 ? ` (but ${kinds.join(' and ')})` : '';
    return `is a project without an OAuth Server-to-Server credential${instead}: add one to the project in the Adobe Developer Console, and download it again`;
}
/** Whether a text begins as a JSON object or array does, or ends so, its beginning being lost. */
function isStructure(text) {
    return /^[{[]/.test(text) || (/[}\]]$/.test(text) && /"\s*:/.test(text));
}
function isPath(text) {
    return (!/[\r\n]/.test(text) &&
        (/^(~|\.{0,2}[\\/]|[a-z]:[\\/]|file:)/i.test(text) || /\.(json|env|txt)$/i.test(text)));
}

;// CONCATENATED MODULE: ./src/inputs/credentials-forms.ts
/** The five forms in which Adobe's tools write a credential, told apart by their structure. */



const PDF_SERVICES_PARTS = [
    'client_credentials',
    'service_principal_credentials',
    'service_account_credentials',
];
/**
 * The OAuth Server-to-Server credentials in a file, at least one, each with a client ID, a client secret or
 * both. A fault ends the sentence that begins with the input's name.
 */
function readEntries(text) {
    const json = (0,src_values/* readJson */.Vh)(text);
    if (json === undefined)
        return readLines(text);
    const credentials = (0,src_values/* readPath */.G7)(json, 'project', 'workspace', 'details', 'credentials');
    if (Array.isArray(credentials))
        return readProject(json, credentials);
    const fields = fieldsOf(json);
    if (isServiceAccount(fields))
        return { fault: SERVICE_ACCOUNT_FAULT };
    if (isWebApp(fields))
        return { fault: WEB_APP_FAULT };
    return readEntry(fields, () => describeJson(json));
}
/** A name as names compare: without case, `_`, `-` and the prefix that App Builder writes. */
function normalizeName(name) {
    return name
        .toLowerCase()
        .replace(/[_-]/g, '')
        .replace(/^imsoauths2s/, '');
}
/** The lines `NAME=value` of a `.env`: the value without quotes around it or a comment after it. */
function readAssignments(text) {
    return text.split(/[\r\n]/).flatMap((raw) => {
        const [left = '', ...right] = raw.split('=');
        const [, name] = /^(?:export[ \t]+)?([A-Za-z_][\w.-]*)$/.exec(left.trim()) ?? [];
        return name && right.length > 0 ? [[name, unquote(right.join('=').trim())]] : [];
    });
}
function readLines(text) {
    // Half a JSON or a web page may hold such a line too.
    const lines = /^[{[<]/.test(text) ? [] : readAssignments(text);
    const fields = lines.map(([name, value]) => [normalizeName(name), value]);
    if (isServiceAccount(fields))
        return { fault: SERVICE_ACCOUNT_FAULT };
    return readEntry(fields, () => describeText(text, lines.length > 0));
}
function readProject(json, credentials) {
    const orgId = ['orgid', (0,src_values/* readPath */.G7)(json, 'project', 'org', 'ims_org_id')];
    const entries = credentials
        .map((credential) => fieldsIn((0,src_values/* readPath */.G7)(credential, 'oauth_server_to_server')))
        .map((fields) => toEntry([...fields, orgId]))
        .filter(isFilled);
    return entries.length > 0 ? { value: entries } : { fault: describeJson(json) };
}
function readEntry(fields, describe) {
    const entry = toEntry(fields);
    return isFilled(entry) ? { value: [entry] } : { fault: describe() };
}
/** The fields of a file with one credential: a Postman environment, the PDF Services SDK's, or a flat one. */
function fieldsOf(json) {
    const values = (0,src_values/* readPath */.G7)(json, 'values');
    if (!Array.isArray(values)) {
        return [json, ...PDF_SERVICES_PARTS.map((name) => (0,src_values/* readPath */.G7)(json, name))].flatMap(fieldsIn);
    }
    return values.flatMap((value) => {
        const key = (0,src_values/* readPath */.G7)(value, 'key');
        const disabled = (0,src_values/* readPath */.G7)(value, 'enabled') === false;
        return typeof key === 'string' && !disabled
            ? [[normalizeName(key), (0,src_values/* readPath */.G7)(value, 'value')]]
            : [];
    });
}
function fieldsIn(value) {
    return (0,src_values/* isObject */.Gv)(value)
        ? Object.entries(value).map(([name, member]) => [normalizeName(name), member])
        : [];
}
function toEntry(fields) {
    const find = (...names) => textsUnder(fields, names);
    return {
        clientIds: [...new Set(find('clientid', 'apikey'))],
        clientSecrets: [...new Set(find('clientsecret', 'clientsecrets', 'secret'))],
        scopes: find('scopes', 'scope'),
        orgId: find('imsorg', 'imsorgid', 'orgid', 'organizationid')[0],
        ims: find('ims')[0],
        environment: find('environment')[0],
    };
}
function isFilled({ clientIds, clientSecrets }) {
    return clientIds.length + clientSecrets.length > 0;
}
function isServiceAccount(fields) {
    const has = (...names) => textsUnder(fields, names).length > 0;
    return (has('pathtokey', 'privatekey', 'privatekeyfile') ||
        fields.some(([, value]) => typeof value === 'string' && value.includes('PRIVATE KEY-----')) ||
        // The Console's file has an empty PRIVATE_KEY, to be filled in.
        (has('metascope', 'metascopes') && !has('scope', 'scopes')));
}
/** A web app redirects its users, and has no technical account. */
function isWebApp(fields) {
    const has = (pattern) => fields.some(([name]) => pattern.test(name));
    return has(/redirectur[il]/) && !has(/^tech(nicalaccount)?(id|email)$/);
}
function textsUnder(fields, names) {
    return fields.flatMap(([name, value]) => (names.includes(name) ? textsOf(value) : []));
}
/** A text, or those of a list, which may be written as JSON text. */
function textsOf(value) {
    const texts = typeof value === 'string' ? (readJsonStrings(value) ?? [value]) : value;
    return (Array.isArray(texts) ? texts : [])
        .filter((text) => typeof text === 'string')
        .map((text) => text.trim())
        .filter((text) => text !== '');
}
function unquote(value) {
    const quote = value.charAt(0);
    const end = value.lastIndexOf(quote);
    const quoted = /^["'`]/.test(value) && end > 0 && /^(\s+#.*)?$/.test(value.slice(end + 1));
    if (!quoted)
        return value.replace(/\s#.*/, '').trim();
    const inner = value.slice(1, end);
    return quote === '"' ? inner.replaceAll('\\"', '"') : inner;
}

;// CONCATENATED MODULE: ./src/inputs/urls.ts
/** Which addresses a secret or a token may be sent to. */


/** The end of IMS's token endpoint, in any of its versions. */
const TOKEN_PATH = /\/ims\/token(\/v\d+)?$/;
const MAX_URL_LENGTH = 2048;
/** @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 */
const MAX_HOST_LENGTH = 253;
const HTTPS_PORT = 443;
const IMS = {
    domains: ['adobelogin.com'],
    hosts: [],
    other: 'outside adobelogin.com',
    sent: 'the client secret',
    query: 'refused',
};
const SERVICE = {
    domains: ['adobelogin.com', 'adobe.io', 'adobe.com'],
    hosts: src_services/* SERVICE_HOSTS */.Yj,
    other: "that is not Adobe's",
    sent: 'the token',
    query: 'allowed',
};
/**
 * The base URL of IMS without a slash at its end, also out of the whole documented endpoint. A fault ends
 * the sentence that begins with the input's name and value.
 * @param allowedHosts as `parseAllowedHosts` gives them
 */
function parseImsUrl(value, allowedHosts) {
    const url = parseUrl(value, allowedHosts, IMS);
    if ('fault' in url)
        return url;
    return { value: dropSlashes(dropSlashes(url.value.href).replace(TOKEN_PATH, '')) };
}
/** The address that `verify: service` calls. Faults and hosts are as above. */
function parseVerifyUrl(value, allowedHosts) {
    const url = parseUrl(value, allowedHosts, SERVICE);
    return 'fault' in url ? url : { value: url.value.href };
}
/** The base URL of the IMS on a bare host in Adobe's domain, as Adobe's files name it. */
function parseImsHost(value) {
    const hostname = parseHost(value);
    return hostname !== undefined && isTrusted(hostname, IMS)
        ? { value: `https://${hostname}` }
        : { fault: 'is not a bare host in adobelogin.com, such as ims-na1.adobelogin.com' };
}
/** Hosts separated by commas or blanks, as `host:port` each: a host alone is meant with port 443. */
function parseAllowedHosts(raw) {
    const words = raw.split(/[\s,]/).filter((word) => word !== '');
    const hosts = words.map(parseAllowedHost).filter((host) => host !== undefined);
    return hosts.length === words.length
        ? { value: hosts }
        : {
            fault: 'is not a list of hosts: write each as host or host:port, without scheme, path or wildcard',
        };
}
function parseUrl(value, allowedHosts, trust) {
    if (value.length > MAX_URL_LENGTH) {
        return { fault: `is longer than ${MAX_URL_LENGTH} characters` };
    }
    // The URL parser drops tabs and line breaks and reads \ as /: what a person sees must be what is used.
    if (!/^[!-~]+$/.test(value) || value.includes('\\')) {
        return { fault: 'has characters that a URL cannot have' };
    }
    const url = URL.parse(value);
    if (!url)
        return { fault: 'is not a URL: it must begin with https:// and a host name' };
    if (url.username || url.password)
        return { fault: 'must not contain a user name or password' };
    if (value.includes('#'))
        return { fault: 'must not contain a fragment' };
    if (trust.query === 'refused' && value.includes('?')) {
        return { fault: 'must not contain a query: give the base URL alone' };
    }
    if (isLoopback(url) && /^https?:/.test(url.protocol))
        return { value: url };
    if (url.protocol !== 'https:') {
        return { fault: 'is not an https: URL; http: is for loopback addresses only' };
    }
    const fault = hostFault(url, allowedHosts, trust);
    return fault ? { fault } : { value: url };
}
function hostFault(url, allowedHosts, trust) {
    const { hostname } = url;
    const port = effectivePort(url);
    if (hostname.length > MAX_HOST_LENGTH) {
        return `names a host of more than ${MAX_HOST_LENGTH} characters`;
    }
    if (parseHost(hostname) === undefined) {
        return 'names a host with characters other than letters, digits, dots and hyphens';
    }
    const isKnown = isTrusted(hostname, trust);
    if (isKnown && port === HTTPS_PORT)
        return undefined;
    if (allowedHosts.includes(`${hostname}:${port}`))
        return undefined;
    const what = isKnown ? 'a port other than 443' : `a host ${trust.other}`;
    const entry = port === HTTPS_PORT ? 'the host' : `the host with :${port}`;
    return `names ${what}: add ${entry} to allowed-hosts if you trust it with ${trust.sent}`;
}
/** A host as the URL parser spells it, or undefined for anything but a host name or IP address. */
function parseHost(value) {
    // The URL parser lets a wildcard and more pass as part of a name.
    const isBare = value.length <= MAX_HOST_LENGTH && /^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/i.test(value);
    const url = isBare ? URL.parse(`https://${value}/`) : undefined;
    return url?.hostname === value.toLowerCase() ? url.hostname : undefined;
}
function parseAllowedHost(value) {
    const digits = /:(\d{1,5})$/.exec(value)?.[1];
    const hostname = parseHost(digits === undefined ? value : value.slice(0, -digits.length - 1));
    const port = Number(digits ?? HTTPS_PORT);
    return hostname !== undefined && port >= 1 && port <= 65_535 ? `${hostname}:${port}` : undefined;
}
function isTrusted(hostname, { domains, hosts }) {
    return (hosts.includes(hostname) ||
        domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`)));
}
/** A regular expression would take quadratic time for what is not at the end. */
function dropSlashes(text) {
    let end = text.length;
    while (text[end - 1] === '/')
        end -= 1;
    return text.slice(0, end);
}

;// CONCATENATED MODULE: ./src/inputs/credentials.ts
/** The input `credentials`: one credential out of a file from the Adobe Developer Console. */





/** How many client IDs a message names. */
const MAX_NAMED = 10;
/**
 * Reads the content of such a file, in linear time. A fault ends the sentence that begins with the input's
 * name. It shows client IDs alone, and those by `redact`, which must know what `listSecrets` finds.
 */
function readCredentials(text, overrides, redact) {
    const entries = readEntries(text.trim());
    if ('fault' in entries)
        return entries;
    const chosen = chooseEntry(entries.value, overrides, redact);
    return 'fault' in chosen ? chosen : credentials_readEntry(chosen.value, overrides);
}
/** Whether the content is that of such a file, whichever of its credentials is meant. Faults are as above. */
function checkForm(text) {
    const entries = readEntries(text.trim());
    return 'fault' in entries ? entries : { value: undefined };
}
/** Whether the content is that of such a file, and holds no client secret at all. */
function lacksSecrets(text) {
    const entries = readEntries(text.trim());
    return ('value' in entries && entries.value.every(({ clientSecrets }) => clientSecrets.length === 0));
}
function chooseEntry(entries, { clientId, clientSecret }, redact) {
    const ids = [...new Set(entries.flatMap((entry) => entry.clientIds))];
    const secrets = new Set(entries.flatMap((entry) => entry.clientSecrets));
    if ([clientId, ...ids].some((id) => secrets.has(id))) {
        return { fault: 'has the same value as client ID and as client secret: copy both again' };
    }
    const wanted = clientId || (ids[0] ?? '');
    const named = entries.find((entry) => entry.clientIds.includes(wanted));
    if (clientId && !named && !clientSecret) {
        return ids.length > 0
            ? {
                fault: `does not hold the client ID that \`client-id\` names, but ${nameIds(ids, redact)}: correct \`client-id\`, or give its \`client-secret\` too`,
            }
            : {
                fault: 'holds a client secret, but no client ID that says whose it is: give it as `client-secret`',
            };
    }
    if (!clientId && entries.length > 1 && ids.length > 1) {
        return {
            fault: `holds several OAuth Server-to-Server credentials: name one in \`client-id\`, which may be ${nameIds(ids, redact)}`,
        };
    }
    // What several credentials share is the organization, but not the scopes.
    const entry = named ?? entries.reduce((first) => ({ ...first, scopes: [] }));
    return entry.clientIds.length > 1
        ? {
            fault: `holds different client IDs for one credential, ${nameIds(entry.clientIds, redact)}: remove all but one of them`,
        }
        : { value: entry };
}
function nameIds(ids, redact) {
    const shown = ids.slice(0, MAX_NAMED).map((id) => redact(id, 80));
    return (0,messages/* list */.p_)(ids.length > MAX_NAMED ? [...shown, `${ids.length - MAX_NAMED} more`] : shown);
}
/** Reads what is taken of an entry, and finds all of its faults. */
function credentials_readEntry(entry, overrides) {
    const faults = [];
    function read(raw, parse, subject) {
        const parsed = raw ? parse(raw) : undefined;
        if (parsed && 'fault' in parsed)
            faults.push(`${subject} that ${parsed.fault}`);
        return parsed && 'value' in parsed ? parsed.value : undefined;
    }
    const clientId = overrides.clientId || entry.clientIds[0];
    if (!clientId)
        faults.push('holds no client ID (API_KEY or CLIENT_ID)');
    const clientSecrets = overrides.clientSecret ? [] : entry.clientSecrets.map(toClientSecret);
    if (!overrides.clientSecret)
        faults.push(...secretFaults(clientSecrets));
    if (entry.environment?.toLowerCase() === 'stage' && !overrides.imsUrl) {
        faults.push('is for the environment "stage": give the address of its IMS too, `ims-url: https://ims-na1-stg1.adobelogin.com`');
    }
    const credentials = {
        clientId: read(clientId, parseClientId, 'holds a client ID') ?? '',
        clientSecrets,
        scopes: overrides.scope
            ? undefined
            : read(entry.scopes.join(' '), parseScopes, 'holds a list of scopes'),
        orgId: overrides.orgId ? undefined : read(entry.orgId, parseOrgId, 'holds a value of IMS_ORG'),
        imsUrl: overrides.imsUrl ? undefined : read(entry.ims, parseImsHost, 'holds a value of IMS'),
    };
    return faults.length > 0 ? { fault: faults.join('; it ') } : { value: credentials };
}
function toClientSecret(value, index) {
    return { line: index + 1, secret: new secrets_secret/* Secret */.zh(value) };
}
function secretFaults(secrets) {
    if (secrets.length === 0)
        return ['holds no client secret (CLIENT_SECRET)'];
    const tooMany = secretCountFault(secrets);
    const wrong = secrets.flatMap(({ secret }) => secretFault(secret) ?? []);
    return [
        ...(tooMany ? [tooMany] : []),
        ...new Set(wrong.map((fault) => `holds a client secret that ${fault}`)),
    ];
}

;// CONCATENATED MODULE: ./src/inputs/credentials-masks.ts
/** What has to be masked of a credential's file: the right one, a wrong one, or half of one. */





/** Values under a name that only speaks of a secret are taken for one from this length on. */
const MIN_SUSPECT_LENGTH = 16;
/** What stands under such a name and is no secret. */
const WORDS = /^(bearer|null|none|undefined|true|false|["']?-----BEGIN [A-Z ]+-----)$/i;
/** Some files keep the endpoints of IMS under names such as `oauthTokenEndpoint`. */
const IMS_ENDPOINT = /^https:\/\/[\w.-]+\.adobelogin\.com[\w./-]*$/i;
const MAX_ENDPOINT_LENGTH = 100;
/** How deep texts inside texts are read. In base64 a file is the first; a context in it the second, its lists the third. */
const MAX_DEPTH = 3;
/** What a value is by its name, the more of it hidden the earlier. */
const KINDS = ['secret', 'suspect', 'client-id', 'other'];
/**
 * Every client secret and private key in the text, and every value of 16 or more characters under a name
 * with SECRET, TOKEN or PASSWORD in it that is no client ID, each on its own. Takes linear time, whatever
 * the text is.
 */
function listSecrets(text) {
    const whole = text.trim();
    const found = {
        secrets: new Set(),
        suspects: new Set(),
        clientIds: new Set(),
        texts: new Map(),
    };
    // What is used is masked, whatever else the text may be.
    const read = readEntries(whole);
    const used = 'value' in read ? read.value.flatMap(({ clientSecrets }) => clientSecrets) : [];
    for (const value of used)
        add(value, 'secret', found);
    if (isBareSecret(whole))
        found.secrets.add(whole);
    scanText(whole, 'other', found);
    addText(decodeBase64(whole), 'other', found);
    for (let depth = 1; depth <= MAX_DEPTH; depth += 1) {
        const texts = [...found.texts.values()];
        found.texts.clear();
        for (const [inner, kind] of texts)
            scanText(inner, kind, found);
    }
    const suspects = [...found.suspects].filter((value) => !found.clientIds.has(value));
    return [...new Set([...found.secrets, ...suspects])].map((value) => new secrets_secret/* Secret */.zh(value));
}
/** Reads lines `NAME=value`, private keys, and JSON or a part of one. */
function scanText(text, kind, found) {
    // A whole `.env` may be in quotes.
    const assignments = readAssignments(text.replace(/^["'`]/, ''));
    for (const [name, value] of assignments) {
        // One of two quotes may be lost.
        add(value.replace(/^["'`]|["'`]$/g, ''), kindOf(name), found);
    }
    const isJson = /^[{["]/.test(text);
    if (isJson)
        scanJson(text, kind, found);
    // An INI file begins so, too.
    if (isJson && assignments.length === 0)
        return;
    for (const part of text.split(/(?=-----BEGIN)/)) {
        const [key = ''] = part.split('-----END', 1);
        if (key.startsWith('-----BEGIN') && isPrivateKey(key))
            add(key, 'secret', found);
    }
    if (assignments.length > 0)
        return;
    scanJson(text, kind, found);
    // Its beginning may lie within a string.
    scanJson(`"${text}`, kind, found);
}
/** Reads JSON token by token, so that half a JSON gives what it holds, and no depth is too deep. */
function scanJson(text, kind, found) {
    let level = openLevel(kind);
    const outer = [];
    let pending;
    const flush = () => {
        if (pending !== undefined)
            take(pending, level, found);
        pending = undefined;
    };
    for (const [token] of text.matchAll(/[{}[\]:,]|"[^"\\]*(?:\\.[^"\\]*)*"?|[^\s{}[\]:,"]+/gs)) {
        if (token === ':') {
            level.name = pending ?? '';
            pending = undefined;
            continue;
        }
        flush();
        if (token === '{' || token === '[') {
            outer.push(level);
            level = openLevel(kindAt(level), isLabelled(level.name) ? level.labelled : undefined);
        }
        else if (token === '}' || token === ']') {
            closeLevel(level, 'other', found);
            level = outer.pop() ?? openLevel(kind);
        }
        else if (token === ',') {
            level.name = '';
        }
        else {
            pending = readToken(token);
        }
    }
    flush();
    for (const open of [level, ...outer])
        closeLevel(open, 'suspect', found);
}
function openLevel(inherited, around) {
    return { inherited, labelled: [], around, name: '', label: undefined };
}
function take(value, level, found) {
    add(value, kindAt(level), found);
    if (/^(key|name)$/i.test(level.name) && value !== '') {
        // Which of the two the reader goes by is not for a mask to know: that counts which hides more.
        const kinds = [kindOf(value), level.label];
        level.label = KINDS.find((kind) => kinds.includes(kind));
    }
    (isLabelled(level.name) ? level.labelled : level.around)?.push(value);
}
/** The label may follow its value; in half a JSON it may be lost, and nobody knows what the value is. */
function closeLevel({ label, labelled }, unlabelled, found) {
    for (const value of labelled)
        add(value, label ?? unlabelled, found);
}
/** `value`, or such as Postman's `sessionValue`. */
function isLabelled(name) {
    return /value$/i.test(name);
}
/** The kind of a value that stands next on this level. */
function kindAt({ name, label, inherited }) {
    const kinds = [kindOf(name), isLabelled(name) ? label : undefined];
    return kinds.find((kind) => kind && kind !== 'other') ?? inherited;
}
function kindOf(name) {
    const normal = normalizeName(name);
    if (/clientid$|^apikey$/.test(normal))
        return 'client-id';
    if (/^secrets?$|clientsecrets?$|privatekey$/.test(normal))
        return 'secret';
    return /secret|token|password/.test(normal) ? 'suspect' : 'other';
}
function readToken(token) {
    if (!token.startsWith('"'))
        return token.replace(/^'|'$/g, '');
    const text = (0,src_values/* readJson */.Vh)(token);
    if (typeof text === 'string')
        return text;
    // Its end is lost, or it holds line breaks as they are.
    return token.replace(/^"|"$/g, '').replaceAll('\\n', '\n').replaceAll('\\/', '/');
}
function add(raw, named, found) {
    const value = raw.trim();
    const kind = isPrivateKey(value) ? 'secret' : named;
    if (kind === 'client-id')
        found.clientIds.add(value);
    // Some files keep a list as JSON text; a whole `.env` may stand in a string.
    if (/^[{[]|^[\w.-]+ *=.*[\r\n]/.test(value))
        addText(value, kind, found);
    if (isHarmless(value))
        return;
    if (kind === 'secret' && value.length >= secrets_redact/* MIN_HIDDEN_LENGTH */.NI)
        found.secrets.add(value);
    if (kind === 'suspect' && value.length >= MIN_SUSPECT_LENGTH)
        found.suspects.add(value);
    // A key's lines may be shown one by one.
    if (isPrivateKey(value))
        for (const line of keyLines(value))
            found.secrets.add(line);
}
function addText(text, kind, { texts }) {
    texts.set(`${kind} ${text}`, [text, kind]);
}
function keyLines(key) {
    const lines = key.split(/[\r\n]+/).map((line) => line.trim());
    return lines.filter((line) => line.length >= MIN_SUSPECT_LENGTH && !line.startsWith('-----'));
}
function isHarmless(value) {
    return WORDS.test(value) || (value.length <= MAX_ENDPOINT_LENGTH && IMS_ENDPOINT.test(value));
}
function isPrivateKey(text) {
    return text.includes('PRIVATE KEY-----');
}
/** A secret or token alone, where a file should be. A client ID has 32 hexadecimal digits. */
function isBareSecret(text) {
    return isJwt(text) || (/^[\w-]{16,}$/.test(text) && !/^[0-9a-f]{32}$/i.test(text));
}

;// CONCATENATED MODULE: ./src/inputs/secrets.ts
/** The secrets among the inputs, right or wrong: they are masked before anything else happens. */



/** The client secrets in `client-secret`, each with the line on which it stands. */
function readSecretLines(source) {
    // Not trimmed, so that its lines are counted as they were given: the first may be empty.
    const raw = source.input('client-secret', { trimWhitespace: false });
    return isTooLong(source) ? [] : parseSecrets(raw);
}
/**
 * Whether `client-secret` is given. A list of nothing but empty strings is not: a secret that GitHub
 * withholds leaves one.
 */
function isSecretGiven(source) {
    return isTooLong(source) || readSecretLines(source).length > 0;
}
/** Every value that must be masked, each on its own. What is too long to be read is refused, and never shown. */
function readMaskable(source) {
    const files = ['client-secret', 'credentials'];
    const listed = files.flatMap((name) => {
        const raw = source.input(name);
        // Somebody may have pasted the whole file as the secret.
        const isFile = name === 'credentials' ? raw !== '' : raw.startsWith('{');
        return isFile && raw.length <= MAX_INPUT_LENGTH ? listSecrets(raw) : [];
    });
    return [...readSecretLines(source).map(({ secret }) => secret), ...listed];
}
/** Measured as the reader measures, which refuses it: blank lines around a secret are not counted. */
function isTooLong(source) {
    return source.input('client-secret').length > MAX_INPUT_LENGTH;
}

;// CONCATENATED MODULE: ./src/inputs/missing-credentials.ts
/** Which credentials of a run are empty, and why, likeliest first. */



const REASONS = {
    'fork-pull-request': 'this run is for a pull request from a fork, and GitHub gives those no secrets',
    dependabot: 'Dependabot started this run, which gets only the secrets under Settings > Secrets and variables > Dependabot',
    fork: 'this repository is a fork, and secrets stay with the original: add your own under Settings > Secrets and variables > Actions',
};
const USUAL = 'check that the name in `secrets.NAME` is that of a repository or organization secret that this repository may use; an environment secret needs `environment:` on the job, and a reusable workflow needs `secrets:` from its caller';
const UNREADABLE = 'the event that started this run could not be read, so it is unknown whether GitHub withholds secrets, as it does for a pull request from a fork: re-run the job';
/** What is empty of the credentials, and whether GitHub withholds it. */
function findMissing(source, unread) {
    const missing = listMissing(source, unread);
    if (missing.length > 0)
        return { missing, names: missing, withheld: source.withheld() };
    const isLacking = !isGiven(source, unread, 'client-secret') && lacksSecrets(source.input('credentials'));
    // The secret alone may be withheld, where the rest of the file is none.
    const withheld = isLacking ? source.withheld() : undefined;
    return isWithheld(withheld)
        ? { missing: ['client-secret'], names: ['the client secret in credentials'], withheld }
        : { missing, names: missing, withheld: undefined };
}
/** Whether GitHub is known to withhold it. */
function isWithheld(withheld) {
    return withheld !== undefined && withheld !== 'unknown';
}
/** The inputs without which there are no credentials, but for those that were given under a misspelt name. */
function listMissing(source, unread) {
    const isMissing = (name) => !isGiven(source, unread, name);
    if (!isMissing('credentials'))
        return [];
    const missing = ['client-id', 'client-secret'].filter(isMissing);
    return missing.length === 2 ? ['credentials', ...missing] : missing;
}
/** Whether an input is given, under a misspelt name too. */
function isGiven(source, unread, name) {
    if (unread.has(name))
        return true;
    return name === 'client-secret' ? isSecretGiven(source) : source.input(name) !== '';
}
/** Says which credentials are empty, and why that is. */
function missingCredentials(names, withheld) {
    const verb = names.length === 1 ? 'is' : 'are';
    const reason = withheld === 'unknown' ? UNREADABLE : withheld ? REASONS[withheld] : USUAL;
    return `${(0,messages/* list */.p_)(names)} ${verb} empty: ${reason}`;
}
/** The same, and how to end the step green where GitHub withholds secrets. */
function missingCredentialsFault(names, withheld, skips) {
    if (withheld === 'unknown') {
        // Who does not skip wants to hear of the names first: most events are readable, and few are from forks.
        return missingCredentials(names, skips ? withheld : undefined);
    }
    const advice = withheld
        ? '; with `on-missing-credentials: skip` the step succeeds there without a token'
        : '';
    return `${missingCredentials(names, withheld)}${advice}`;
}

;// CONCATENATED MODULE: ./src/inputs/reader.ts
/** One input after another: given or its default, parsed, and its fault noted. */


/** What is never shown. */
const SECRET_INPUTS = ['client-secret', 'credentials'];
/** What may hold an address, and so a password. */
const URL_INPUTS = ['ims-url', 'verify-url', 'allowed-hosts'];
/**
 * A reader that adds each fault to a list: the input's name, its value unless that is a secret, and what is
 * wrong. The names of wrong inputs are added to `unread`.
 */
function openReader(source, faults, unread) {
    const refuse = (name, fault) => {
        faults.push(`${name}${fault}`);
        unread.add(name);
        return undefined;
    };
    return (name, parse) => {
        const raw = source.input(name) || INPUTS[name];
        if (raw === '')
            return undefined;
        if (raw.length > MAX_INPUT_LENGTH) {
            return refuse(name, ` is longer than ${MAX_INPUT_LENGTH / 1024} KiB`);
        }
        const parsed = parse(raw);
        if ('value' in parsed)
            return parsed.value;
        return refuse(name, `${echo(source, name, raw)} ${parsed.fault}`);
    };
}
/** A wrong value, fit to be shown; nothing of what is a secret. */
function echo({ redact }, name, raw) {
    if (SECRET_INPUTS.includes(name))
        return '';
    return ` "${redact(URL_INPUTS.includes(name) ? (0,messages/* presentUrl */.bv)(raw) : raw, 80)}"`;
}

;// CONCATENATED MODULE: ./src/inputs/read.ts
/** Raw strings in, one typed value out, and all faults at once. */













/** Two days: no token of IMS is known to live longer. */
const MAX_MIN_VALIDITY_S = 172_800;
/**
 * Reads and checks every input and the surroundings of the step. Its secrets are masked already.
 * @throws {InputError} that names every fault, with its value unless that is a secret.
 */
function readInputs(source) {
    const misspelt = findMisspelt(source).errors;
    const faults = misspelt.map(({ fault }) => fault);
    const unread = new Set(misspelt.map(({ meant }) => meant));
    const { missing, names, withheld } = findMissing(source, unread);
    for (const name of missing)
        unread.add(name);
    const inputs = readEach(source, openReader(source, faults, unread), unread);
    faults.push(...contradictions(inputs, source, unread), ...surroundingFaults(inputs, source));
    const skips = inputs.onMissingCredentials === 'skip';
    const isSkipped = skips && isWithheld(withheld);
    const fails = missing.length > 0 && !isSkipped;
    if (fails)
        faults.splice(misspelt.length, 0, missingCredentialsFault(names, withheld, skips));
    if (faults.length > 0)
        throw inputError(faults, fails ? 'missing-credentials' : 'wrong-input');
    return isSkipped ? { skipped: missingCredentials(names, withheld) } : inputs;
}
/** In the order in which faults are told. What follows `??` only stands for an input that could not be read. */
function readEach(source, read, unread) {
    const given = (name) => isGiven(source, unread, name);
    const service = read('service', parseServices);
    const allowedHosts = read('allowed-hosts', parseAllowedHosts) ?? [];
    const clientId = read('client-id', parseClientId) ?? '';
    const secretLines = given('client-secret')
        ? read('client-secret', () => checkSecretLines(readSecretLines(source)))
        : undefined;
    const file = read('credentials', (raw) => 
    // Which of its credentials is meant is unknown where `client-id` is wrong.
    unread.has('client-id')
        ? checkForm(raw)
        : readCredentials(raw, {
            clientId,
            clientSecret: given('client-secret'),
            scope: given('scope'),
            orgId: given('org-id'),
            imsUrl: given('ims-url'),
        }, source.redact));
    if (!file && given('credentials'))
        unread.add('credentials');
    const scope = read('scope', parseScopes);
    const exportEnv = read('export-env', parseBoolean) ?? false;
    const envPrefix = read('env-prefix', parseEnvPrefix);
    const verify = read('verify', (raw) => parseChoice(raw, ['none', 'token', 'service']));
    const verifyUrl = read('verify-url', (raw) => parseVerifyUrl(raw, allowedHosts));
    const seal = read('seal', parseBoolean) ?? false;
    const sealedToken = read('sealed-token', (value) => ({ value }));
    const sealedTokenFile = read('sealed-token-file', (value) => ({ value }));
    const minValidityS = read('min-validity', (raw) => parseWhole(raw, 0, MAX_MIN_VALIDITY_S));
    const revoke = read('revoke', parseBoolean) ?? false;
    const onMissingCredentials = read('on-missing-credentials', (raw) => parseChoice(raw, ['fail', 'skip'])) ??
        'fail';
    const summary = read('summary', parseBoolean) ?? false;
    const timeoutS = read('timeout', (raw) => parseWhole(raw, 1, MAX_TIMEOUT_S)) ?? 0;
    const maxAttempts = read('max-attempts', (raw) => parseWhole(raw, 1, 10)) ?? 0;
    const sentOrgId = read('org-id', parseOrgId);
    const imsUrl = read('ims-url', (raw) => parseImsUrl(raw, allowedHosts));
    const scopes = scope ?? file?.scopes;
    // No service is assumed where that, or the scopes, could not be read.
    const isUnknown = ['service', 'scope', 'credentials'].some((name) => unread.has(name));
    const services = service ?? (scopes || isUnknown ? [] : [DEFAULT_SERVICE]);
    const rows = services.map((name) => src_services/* SERVICES */.Bg[name]);
    return {
        services,
        exportEnv,
        seal,
        sealedToken,
        sealedTokenFile,
        revoke,
        onMissingCredentials,
        summary,
        maxAttempts,
        sentOrgId,
        clientId: clientId || (file?.clientId ?? ''),
        // Never empty where it is returned: missing credentials end or skip the step.
        clientSecrets: (secretLines ?? file?.clientSecrets ?? []),
        secretsFrom: secretLines ? 'client-secret' : 'credentials',
        scopes: scopes ?? unique(rows.flatMap((row) => row.scopes)),
        envPrefixes: listPrefixes(envPrefix, rows),
        verify: verify ?? 'none',
        verifyTargets: listTargets(services, verifyUrl),
        minValidityMs: minValidityS === undefined ? undefined : minValidityS * 1000,
        timeoutMs: timeoutS * 1000,
        orgId: sentOrgId ?? file?.orgId,
        imsUrl: imsUrl ?? file?.imsUrl ?? PRODUCTION_IMS_URL,
    };
}
/** The lines of `client-secret`, or all that is wrong with them, without a word of a line itself. */
function checkSecretLines(lines) {
    const tooMany = secretCountFault(lines);
    if (tooMany)
        return { fault: tooMany };
    const faults = lines.flatMap(({ line, secret }) => {
        const fault = secretFault(secret);
        return fault ? [`line ${line} ${fault}`] : [];
    });
    return faults.length > 0 ? { fault: faults.join('; ') } : { value: lines };
}
/** `env-prefix` replaces them all by one; scopes without a service have a prefix of their own. */
function listPrefixes(given, rows) {
    if (given !== undefined)
        return [given];
    return rows.length > 0 ? unique(rows.map(({ envPrefix }) => envPrefix)) : [DEFAULT_ENV_PREFIX];
}
/** What `verify: service` checks: `verify-url` takes the place of a service's own address. */
function listTargets(services, verifyUrl) {
    if (verifyUrl !== undefined)
        return [{ service: services[0], url: verifyUrl }];
    return services.map((service) => {
        const { verifyUrl: url } = src_services/* SERVICES */.Bg[service];
        return { service, url };
    });
}
function unique(items) {
    return [...new Set(items)];
}
function inputError(faults, topic) {
    const list = faults.length === 1 ? faults.join() : faults.map((f, i) => `(${i + 1}) ${f}`).join('; ');
    const head = faults.length === 1 ? 'Wrong input' : `${(0,messages/* count */.U9)(faults.length, 'wrong input')}`;
    return new errors/* InputError */.dz(`${head}: ${list}`, { topic, hint: 'Nothing was sent' });
}

// EXTERNAL MODULE: ./src/adobe/requests.ts
var requests = __nccwpck_require__(442);
// EXTERNAL MODULE: ./src/adobe/responses.ts + 3 modules
var responses = __nccwpck_require__(742);
;// CONCATENATED MODULE: ./src/steps/revocation.ts
/** One token's revocation, by the post step or, where that cannot be, by the main step itself. */



/**
 * Has IMS revoke a token.
 * @throws {ActionError} where IMS does not confirm that.
 */
async function revoke({ client, redact, imsUrl, clientId }, token, secret) {
    await client.send(`Could not confirm that ${new URL(imsUrl).host} revoked the access token`, (0,requests/* invalidateRequest */.FU)(imsUrl, clientId, secret, token), (response) => (0,responses/* readInvalidateResponse */.f8)(response, redact));
}
/**
 * Revokes tokens in the main step, where the post step cannot: each is tried, whatever becomes of the others.
 * @returns what became of them, as a sentence without its full stop.
 */
async function revokeAtOnce({ inputs, runner, client }, issued) {
    let fault;
    for (const { token, secret } of issued) {
        try {
            await revoke({ ...inputs, client, redact: runner.redact }, token, secret);
        }
        catch (error) {
            if (!(0,errors/* isActionError */.Bd)(error))
                throw error;
            fault = error.trail?.gaveUp ?? error.message;
        }
    }
    return fault === undefined
        ? 'The token was revoked at once'
        : `A token could not be revoked (${fault}): it stays valid until it expires`;
}

;// CONCATENATED MODULE: ./src/steps/variables.ts
/** The environment variables that are set: their names, and the values of those that later steps get. */



/** What `post-if` in action.yml looks at: without it no post step is run. */
const REVOKE_VARIABLE = 'ADOBE_IMS_TOKEN_REVOKE';
/** Where `aio` finds a token, whatever the prefix. */
const AIO_TOKEN = 'AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_TOKEN';
const AIO_HINT = '`aio` reads no other, so set `export-env: false` for the step whose token it should not use';
/** The names that a prefix gives. */
function variableNames(envPrefix) {
    return {
        token: `${envPrefix}_ACCESS_TOKEN`,
        clientId: `${envPrefix}_CLIENT_ID`,
        orgId: `${envPrefix}_ORG_ID`,
    };
}
/** The variables to set, in order, each once. */
function listVariables(inputs, token, env) {
    const { clientId, orgId } = inputs;
    const usual = inputs.envPrefixes.flatMap((prefix) => {
        const names = variableNames(prefix);
        // The organization of an earlier step must not stand beside this step's token.
        const namesOrgId = orgId !== undefined || Boolean(env[names.orgId]);
        return [
            [names.token, token.value],
            [names.clientId, (0,secrets_secret/* plain */.pj)(clientId)],
            ...(namesOrgId ? [[names.orgId, (0,secrets_secret/* plain */.pj)(orgId ?? '')]] : []),
        ];
    });
    const aio = setsAio(inputs)
        ? [
            [AIO_TOKEN, token.value],
            // In milliseconds; without it `aio` refuses the token.
            ['AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_EXPIRY', (0,secrets_secret/* plain */.pj)(String(token.expiresAtMs))],
        ]
        : [];
    return [...usual, ...aio];
}
/** Those of the variables to set that hold another client's or other scopes' token. */
function findReplaced(inputs, token, env, redact) {
    // As they stand in the token: what is shown of them may lack some.
    const { scopes = token.scopes } = (0,adobe_token/* readClaims */.Ip)(token.value.reveal());
    const usual = inputs.envPrefixes.map((prefix) => {
        const names = variableNames(prefix);
        const hint = 'Give this step another `env-prefix` to keep both';
        return { name: names.token, client: env[names.clientId], hint };
    });
    const aio = setsAio(inputs) ? [{ name: AIO_TOKEN, client: undefined, hint: AIO_HINT }] : [];
    return [...usual, ...aio].flatMap(({ name, client, hint }) => {
        const earlier = env[name];
        if (!earlier)
            return [];
        const claims = (0,adobe_token/* readClaims */.Ip)(earlier);
        const earlierClient = client || claims.clientId;
        if (earlierClient && earlierClient !== inputs.clientId) {
            return [{ name, held: `the token of another client, ${redact(earlierClient, 80)}`, hint }];
        }
        const hasSameScopes = !claims.scopes || claims.scopes.toSorted().join() === scopes.toSorted().join();
        return hasSameScopes ? [] : [{ name, held: 'a token with other scopes', hint }];
    });
}
function setsAio({ services }) {
    return services.some((name) => src_services/* SERVICES */.Bg[name].setsAioVariables);
}

;// CONCATENATED MODULE: ./src/steps/revocation-state.ts
/** What the main step saves for the post step, which revokes the token with it. */


/**
 * The runner hands state to the post step in variables, and a process with a longer one does not start:
 * Windows takes 32,767 characters, Linux 128 KiB. No token of IMS is a tenth of that.
 */
const MAX_SAVED_LENGTH = 32_000;
/** All variables together must not be longer than about 2 MiB on Linux, and the job has its own. */
const MAX_SAVED_TOTAL = 500_000;
/** The tokens that the post step can be handed: the last ones, where all of them are too long. */
function listSavable(issued) {
    let left = MAX_SAVED_TOTAL;
    const savable = issued.toReversed().filter(({ token }) => {
        const { length } = token.reveal();
        const fits = length <= Math.min(left, MAX_SAVED_LENGTH);
        if (fits)
            left -= length;
        return fits;
    });
    return savable.reverse();
}
/**
 * Saves the tokens that are to be revoked, in place of those that were saved before.
 * @throws {FileCommandError} where that fails, and then nothing is saved.
 */
function saveRevocationState({ inputs, runner }, issued) {
    runner.atomically(() => {
        for (const [index, { token, fingerprint, expiresAtUptimeMs }] of issued.entries()) {
            runner.saveState(`token-${index}`, token);
            runner.saveState(`fingerprint-${index}`, (0,secrets_secret/* plain */.pj)(fingerprint));
            runner.saveState(`expires-at-ms-${index}`, (0,secrets_secret/* plain */.pj)(String(expiresAtUptimeMs ?? '')));
        }
        runner.saveState('client-id', (0,secrets_secret/* plain */.pj)(inputs.clientId));
        runner.saveState('ims-url', (0,secrets_secret/* plain */.pj)(inputs.imsUrl));
        runner.saveState('max-attempts', (0,secrets_secret/* plain */.pj)(String(inputs.maxAttempts)));
        runner.exportVariable(REVOKE_VARIABLE, (0,secrets_secret/* plain */.pj)('true'));
    });
}
/** What the main step saved, its tokens masked; without a token where it saved none. */
function readRevocationState(runner) {
    const issued = [];
    for (let index = 0; runner.state(`token-${index}`) !== ''; index += 1) {
        issued.push({
            token: runner.mask(new Secret(runner.state(`token-${index}`))),
            fingerprint: runner.state(`fingerprint-${index}`),
            expiresAtUptimeMs: Number(runner.state(`expires-at-ms-${index}`)) || undefined,
        });
    }
    return {
        issued,
        clientId: runner.state('client-id'),
        imsUrl: runner.state('ims-url'),
        maxAttempts: Number(runner.state('max-attempts')),
    };
}

;// CONCATENATED MODULE: ./src/steps/mint.ts
/** Requests a new token from IMS, with the first client secret that IMS accepts. */







/**
 * Mints a token. A refused secret costs one request: the next one is tried then, unless the client ID is
 * to blame.
 * @throws {ActionError} when no secret is accepted, or at once for any other failure.
 */
async function mintToken(context) {
    const issued = [];
    try {
        return await mintWithAny(context, issued);
    }
    catch (error) {
        throw issued.length > 0 && (0,errors/* isActionError */.Bd)(error)
            ? await tellOfTokens(context, issued, error)
            : error;
    }
}
/** Warns where a client secret is of no use any more, though another one saved the run. */
function warnOfRefusedSecrets({ inputs, runner }, { refusedLines, clientSecret }) {
    if (refusedLines.length === 0)
        return;
    runner.warning(`IMS refused ${nameSecrets(inputs, refusedLines)} and accepted ${inputs.secretsFrom === 'credentials' ? 'secret' : 'line'} ${clientSecret.line}: remove what was refused from the GitHub secret, or replace it with a valid one from the Adobe Developer Console`, 'refused-secret-lines');
}
async function mintWithAny(context, issued) {
    const { inputs, cancellation } = context;
    const refused = [];
    let refusal;
    for (const clientSecret of inputs.clientSecrets) {
        if (refusal && cancellation.stopped())
            break;
        try {
            const { value, attempts } = await mintWith(context, clientSecret.secret, issued);
            const refusedLines = refused.map(({ line }) => line);
            return { token: value, attempts, clientSecret, refusedLines };
        }
        catch (error) {
            if (!(error instanceof errors/* OAuthError */.W5 && error.advice.secretRefused))
                throw error;
            refused.push(clientSecret);
            refusal = tellOfAll(context, error, refused);
        }
    }
    throw refusal;
}
/** The last secret's refusal, which tells of the others as well, and of what looks like no secret. */
function tellOfAll({ inputs, cancellation }, refusal, refused) {
    const shapes = refused.flatMap(({ line, secret }) => {
        const shape = describeShape(secret);
        return shape ? [`${nameSecrets(inputs, [line])} ${shape}`] : [];
    });
    const lines = refused.map(({ line }) => line);
    const all = lines.length > 1 ? [`IMS refused ${nameSecrets(inputs, lines)}`] : [];
    const gaveUp = [cancellation.stopped() ?? [], all, shapes].flat().join('; ');
    const { trail } = refusal;
    return trail && gaveUp ? refusal.giveUp({ trail: { ...trail, gaveUp } }) : refusal;
}
/** Requests a token with one secret. The tokens that an answer holds are noted, and saved for their revocation. */
async function mintWith(context, secret, issued) {
    const { inputs, runner, client, clock } = context;
    const fingerprint = inputs.revoke ? await fingerprintOf(secret) : '';
    const keep = (token, expiresAtUptimeMs) => {
        const known = issued.findIndex((other) => other.token.reveal() === token.reveal());
        issued[known === -1 ? issued.length : known] = {
            token,
            secret,
            fingerprint,
            expiresAtUptimeMs,
        };
        return token;
    };
    const save = () => {
        const known = listSavable(issued);
        if (inputs.revoke && known.length > 0)
            saveRevocationState(context, known);
    };
    return client.send(`Could not get an access token from ${new URL(inputs.imsUrl).host}`, (0,requests/* tokenRequest */.jE)({ ...inputs, secret, orgId: inputs.sentOrgId }), (response) => {
        try {
            const token = (0,responses/* readTokenResponse */.jz)(response, {
                redact: runner.redact,
                mask: (value) => keep(runner.mask(value)),
                scopes: inputs.scopes,
            });
            keep(token.value, clock.uptime() + token.expiresAtMs - clock.now());
            return token;
        }
        finally {
            // Once every token of the answer is masked: where this fails, each is revoked at once.
            save();
        }
    });
}
async function fingerprintOf(secret) {
    const { makeFingerprint } = await __nccwpck_require__.e(/* import() */ 604).then(__nccwpck_require__.bind(__nccwpck_require__, 604));
    return makeFingerprint(secret);
}
/** The same error with a word on the tokens that came with it: refused answers may hold one. */
async function tellOfTokens(context, issued, error) {
    const { inputs } = context;
    if (error instanceof errors/* FileCommandError */.CH) {
        const outcome = await revokeAtOnce(context, issued);
        return error.giveUp({ hint: `${error.hint}. ${outcome}` });
    }
    const isSaved = inputs.revoke && listSavable(issued).length === issued.length;
    const outcome = isSaved ? 'the post step revokes it' : 'it stays valid until it expires';
    return error.giveUp({ hint: `${error.hint}. An answer held an access token: ${outcome}` });
}
/** `line 1 of client-secret`, `lines 1 and 2 of client-secret`, `secret 1 of credentials`. */
function nameSecrets({ secretsFrom }, lines) {
    const noun = secretsFrom === 'credentials' ? 'secret' : 'line';
    return `${noun}${lines.length === 1 ? '' : 's'} ${(0,messages/* list */.p_)(lines)} of ${secretsFrom}`;
}

;// CONCATENATED MODULE: ./src/steps/publish.ts
/** Gives the token to later steps, all or nothing, and says so. */








/**
 * Writes the outputs and environment variables, and tells of it: first what a later step should know, since
 * that holds only once they are written, then one line.
 * @throws {ResponseError} where the token has no second left.
 * @throws {FileCommandError} where a write fails, and then nothing is published.
 */
function publish(context, given) {
    const { inputs, runner, clock } = context;
    ignoreCancel(runner);
    // Moments are told by the machine's clock as it is now.
    const driftMs = clock.drift();
    const token = { ...given.token, expiresAtMs: given.token.expiresAtMs + driftMs };
    const publication = { ...given, token };
    const shown = clean(context, publication);
    const replaced = inputs.exportEnv ? findReplaced(inputs, token, runner.env, runner.redact) : [];
    const nowMs = clock.now() + driftMs;
    if ((0,adobe_token/* secondsUntil */.Ch)(token.expiresAtMs, nowMs) === 0)
        throw expired();
    runner.atomically(() => {
        const variables = inputs.exportEnv ? listVariables(inputs, token, runner.env) : [];
        for (const [name, value] of variables)
            runner.exportVariable(name, value);
        for (const [name, value] of listOutputs(inputs, publication, nowMs))
            runner.output(name, value);
        if (inputs.summary)
            runner.writeSummary(renderSummary(shown.context.inputs, shown.publication, nowMs));
    });
    warnOfMissingScopes(shown.context, shown.publication.token);
    warnOfForeignCode(context);
    for (const { name, held, hint } of replaced) {
        runner.warning(`${name} held ${held}, from an earlier step: steps after this one see the new token. ${hint}`, 'another-client');
    }
    runner.info(describePublication(shown.context, shown.publication));
}
/** The same, fit to be shown: an input may hold a piece of a client secret. */
function clean(context, publication) {
    const { inputs, runner } = context;
    const show = (text) => inputs.clientSecrets.some(({ secret }) => (0,secrets_redact/* holdsPiece */.Fk)(text, secret))
        ? runner.redact(text, text.length)
        : text;
    const { clientId, scopes } = inputs;
    const { token } = publication;
    return {
        context: {
            ...context,
            inputs: { ...inputs, clientId: show(clientId), scopes: scopes.map(show) },
        },
        publication: { ...publication, token: { ...token, scopes: token.scopes.map(show) } },
    };
}
function expired() {
    return new errors/* ResponseError */.o3('Could not publish the access token: it has no time left', {
        topic: 'malformed-answer',
        hint: 'It expired while this step ran: run the job again, and check that `ims-url`, if it is set, is Adobe IMS, whose tokens live for 24 hours',
    });
}
/** Warns where the token lacks scopes that were requested: what needs them will be refused later, and elsewhere. */
function warnOfMissingScopes({ inputs, runner }, token) {
    const missing = (0,adobe_token/* missingScopes */["if"])(inputs.scopes, token);
    if (missing.length === 0)
        return;
    runner.warning(`IMS issued a token without ${(0,messages/* count */.U9)(missing.length, 'requested scope')}: ${missing.join(', ')}. Add the APIs that grant them to the project in the Adobe Developer Console, or leave them out of \`scope\``, 'missing-scopes');
}
const CONCERNS = {
    fork: 'is about code from a fork',
    comment: 'is about a comment on a pull request',
    unknown: 'may be about code from a fork (its event could not be read)',
};
/** Warns where code from elsewhere may run with the token in its environment. */
function warnOfForeignCode({ inputs, runner }) {
    const concern = inputs.exportEnv ? runner.foreignCode() : undefined;
    if (concern === undefined)
        return;
    runner.warning(`This ${runner.eventName} run ${CONCERNS[concern]}: if a later step runs that code, it can read the exported token. Set \`export-env: false\` and pass the output only to the steps that need it`, 'forks-code');
}
function describePublication({ inputs, clock }, publication) {
    const { token, source, attempts } = publication;
    const issued = source === 'minted'
        ? `Got an access token from ${new URL(inputs.imsUrl).host}`
        : 'Took the sealed access token';
    const services = inputs.services.length > 0 ? ` for ${(0,messages/* list */.p_)(inputs.services)}` : '';
    const times = attempts > 1 ? `, after ${(0,messages/* count */.U9)(attempts, 'attempt')}` : '';
    return `${issued}${services} (${token.scopes.join(',')}), valid until ${(0,adobe_token/* isoSeconds */.nE)(token.expiresAtMs)}${describeChecks(inputs.services.length, publication)}, in ${(0,messages/* seconds */.YA)(clock.elapsed())}${times}`;
}
function describeChecks(services, { verified }) {
    if (verified === 'none')
        return '';
    if (verified === 'token')
        return ', verified with IMS';
    return services > 1 ? ', verified with the services' : ', verified with the service';
}

;// CONCATENATED MODULE: ./src/steps/sealed-token.ts
/** A token that an earlier step, job or run sealed: what the seal holds, and whether that serves now. */




/** How far the clocks of two runners may be apart. */
const MAX_CLOCK_SKEW_MS = 300_000;
/** Less than what `expires-in` can count. */
const sealed_token_MIN_LEFT_MS = 1_000;
/** Each ends the sentence "The sealed token is not used: it …". */
const FAULTS = {
    malformed: 'is not a sealed token, or was truncated',
    foreign: 'is not a sealed token of this action',
    'other-version': 'was made by another version of this action',
    refused: 'was made with another client secret, client ID or ims-url, or was altered',
};
/** The token in a seal, masked, or undefined with a notice where it does not serve. */
async function openSealedToken(context, sealed) {
    const { inputs, runner, clock } = context;
    // Loaded here, so that a run without seals never pays for jose.
    const { openSeal } = await Promise.all(/* import() */[__nccwpck_require__.e(962), __nccwpck_require__.e(459)]).then(__nccwpck_require__.bind(__nccwpck_require__, 459));
    const secrets = inputs.clientSecrets.map(({ secret }) => secret);
    const opened = await openSeal(sealed, [inputs.clientId, inputs.imsUrl], secrets);
    if ('fault' in opened)
        return noteUnusable(context, FAULTS[opened.fault]);
    const token = readPayload(opened.value);
    if (!token)
        return noteUnusable(context, 'holds no token');
    const value = runner.mask(token.value);
    const nowMs = clock.now();
    const fault = sealed_token_findFault(token, context, nowMs);
    if (fault)
        return noteUnusable(context, fault);
    const lifetimeMs = token.expiresAtMs - token.mintedAtMs;
    // A clock that is slow by a little must not give the token more time than it had.
    const expiresAtMs = Math.min(token.expiresAtMs, nowMs + lifetimeMs);
    return { value, scopes: token.granted, lifetimeMs, expiresAtMs };
}
/** Says why a sealed token is dropped. That never fails the step: a new one is minted. */
function noteUnusable({ runner }, reason) {
    runner.notice(`The sealed token is not used: it ${runner.redact(reason, 400)}. Requesting a new one`, 'sealed-token-not-used');
}
/** The value of the output `sealed-token`, or undefined with a warning where it would be too long. */
async function sealForOutput(context, { token, clientSecret }) {
    const sealed = await sealToken(context, token, clientSecret);
    if (sealed === undefined) {
        context.runner.warning('The output sealed-token is empty: it would be longer than 24 KiB. Later jobs must request tokens of their own', 'sealed-token-not-used');
    }
    return sealed;
}
/** Seals a token for later, or gives undefined where the seal would be too long to be opened. */
async function sealToken({ inputs, clock }, { value, scopes, lifetimeMs, ...token }, { secret }) {
    const { MAX_SEAL_LENGTH, seal } = await Promise.all(/* import() */[__nccwpck_require__.e(962), __nccwpck_require__.e(459)]).then(__nccwpck_require__.bind(__nccwpck_require__, 459));
    const expiresAtMs = token.expiresAtMs + clock.drift();
    const payload = {
        token: value.reveal(),
        token_type: 'bearer',
        requested: inputs.scopes.join(' '),
        granted: scopes.join(' '),
        org_id: inputs.sentOrgId ?? null,
        minted_at_ms: expiresAtMs - lifetimeMs,
        expires_at_ms: expiresAtMs,
    };
    const sealed = await seal(payload, [inputs.clientId, inputs.imsUrl], secret);
    return sealed.length <= MAX_SEAL_LENGTH ? sealed : undefined;
}
/** Why a token does not serve now, as the end of the notice's sentence; undefined where it does. */
function sealed_token_findFault(token, { inputs }, nowMs) {
    if (token.orgId !== inputs.sentOrgId)
        return 'was made for another org-id';
    const requested = new Set(token.requested);
    const lacking = inputs.scopes.filter((scope) => !requested.has(scope));
    if (lacking.length > 0)
        return `was made for other scopes, without ${lacking.join(', ')}`;
    const lifetimeMs = token.expiresAtMs - token.mintedAtMs;
    if (lifetimeMs <= 0)
        return 'expires before it was made';
    if (token.mintedAtMs > nowMs + MAX_CLOCK_SKEW_MS) {
        return "was made in the future by this runner's clock: one of the two clocks is wrong";
    }
    const leftMs = Math.min(token.expiresAtMs - nowMs, lifetimeMs);
    if (leftMs < sealed_token_MIN_LEFT_MS)
        return 'has expired';
    const minValidityMs = inputs.minValidityMs ?? Math.min(DEFAULT_MIN_VALIDITY_MS, lifetimeMs / 10);
    if (leftMs < minValidityMs) {
        return `expires in ${Math.floor(leftMs / 1000)} s, and min-validity is ${minValidityMs / 1000} s`;
    }
    return undefined;
}
function readPayload(payload) {
    const { token, token_type, requested, granted, org_id, minted_at_ms, expires_at_ms } = payload;
    // Of any length: a server's list was measured before it was sealed, and `scope` may be longer.
    const requestedScopes = (0,adobe_scope/* readScopeList */.TY)(requested);
    const grantedScopes = (0,adobe_scope/* readScopeList */.TY)(granted);
    if (typeof token !== 'string' ||
        !(0,adobe_token/* isBearerToken */.Zc)(token) ||
        token_type !== 'bearer' ||
        !requestedScopes ||
        !grantedScopes ||
        !(org_id === null || typeof org_id === 'string') ||
        !isMoment(minted_at_ms) ||
        !isMoment(expires_at_ms)) {
        return undefined;
    }
    return {
        value: new secrets_secret/* Secret */.zh(token),
        requested: requestedScopes,
        granted: grantedScopes,
        orgId: org_id ?? undefined,
        mintedAtMs: minted_at_ms,
        expiresAtMs: expires_at_ms,
    };
}
function isMoment(value) {
    return typeof value === 'number' && Number.isFinite(new Date(value).getTime());
}

;// CONCATENATED MODULE: ./src/steps/sealed-token-file.ts
/** The file that keeps a sealed token between runs. Whatever is wrong with it costs a notice, never the step. */


/** What the file holds, or undefined where there is none that can be read. */
async function readSealedTokenFile(context) {
    const { inputs, runner } = context;
    if (inputs.sealedTokenFile === undefined)
        return undefined;
    const { MAX_SEAL_LENGTH } = await Promise.all(/* import() */[__nccwpck_require__.e(962), __nccwpck_require__.e(459)]).then(__nccwpck_require__.bind(__nccwpck_require__, 459));
    const read = runner.readFile(inputs.sealedTokenFile, MAX_SEAL_LENGTH);
    if ('fault' in read)
        return noteUnusable(context, `is in a file that ${read.fault}`);
    return read.value?.trim();
}
/** Writes a minted token's seal to the file, once the token is published. */
async function keepSealedToken(context, { token, clientSecret }) {
    const { inputs, runner } = context;
    if (inputs.sealedTokenFile === undefined)
        return;
    const note = (reason) => runner.notice(`The sealed token is not kept in sealed-token-file: ${reason}. The next run requests a new one`, 'sealed-token-not-used');
    if (!(0,secrets_secret/* canSeal */.w3)(clientSecret.secret)) {
        return note(`the client secret is shorter than ${secrets_secret/* MIN_SEALING_LENGTH */.W2} characters, too short to seal a token with`);
    }
    const sealed = await sealToken(context, token, clientSecret);
    if (sealed === undefined)
        return note('the seal would be longer than 24 KiB');
    const written = runner.writeFile(inputs.sealedTokenFile, sealed);
    if ('fault' in written)
        note(`it ${written.fault}`);
}

;// CONCATENATED MODULE: ./src/steps/provide-token.ts
/** The use case of the main step: the order of events that keeps secrets safe. */













/**
 * Gives later steps a token: the sealed one where it serves, else a new one.
 * @throws {ActionError} and publishes nothing, when there is no token to give.
 */
async function provideToken(runner, clock, exchange) {
    for (const secret of readMaskable(runner))
        runner.mask(secret);
    const inputs = readInputs(runner);
    if ('skipped' in inputs) {
        runner.atomically(() => {
            for (const [name, value] of listSkippedOutputs())
                runner.output(name, value);
        });
        runner.notice(`Skipped: ${inputs.skipped}`, 'skipped');
        return;
    }
    for (const sentence of findMisspelt(runner).warnings)
        runner.warning(sentence, 'wrong-input');
    debugSurroundings(runner, inputs);
    const cancellation = inputs.revoke ? watchCancellation(runner, clock) : NO_CANCELLATION;
    const client = openClient({
        exchange,
        clock,
        maxAttempts: inputs.maxAttempts,
        deadlineMs: inputs.timeoutMs,
        stopped: cancellation.stopped,
        debug: runner.debug,
    });
    const context = { inputs, runner, clock, client, cancellation };
    if (!(await publishSealed(context)))
        await publishMinted(context);
}
/** Publishes the sealed token, checked as `verify` asks for. False where there is none that serves. */
async function publishSealed(context) {
    const { inputs, cancellation } = context;
    const sealed = inputs.sealedToken ?? (await readSealedTokenFile(context));
    const token = sealed === undefined ? undefined : await openSealedToken(context, sealed);
    const verified = token && (await cancellation.abandon(() => verifySealed(context, token)));
    if (!verified)
        return false;
    const sealedToken = inputs.seal ? sealed : undefined;
    publish(context, { token, source: 'sealed', verified, attempts: 0, sealedToken });
    return true;
}
/** Publishes a new token. What revokes it is saved as soon as it is there: it is valid from then on, whatever follows. */
async function publishMinted(context) {
    const { inputs, cancellation } = context;
    const minted = await cancellation.finish(() => mintToken(context));
    warnOfRefusedSecrets(context, minted);
    const { token, attempts } = minted;
    const verified = await cancellation.abandon(() => verify(context, token));
    const sealedToken = inputs.seal ? await sealForOutput(context, minted) : undefined;
    publish(context, { token, source: 'minted', verified, attempts, sealedToken });
    await keepSealedToken(context, minted);
}
/** What `verify` asks for, checked. Loaded only when it asks for anything, like the seals. */
async function verify(context, token) {
    if (context.inputs.verify === 'none')
        return 'none';
    const { verifyToken } = await __nccwpck_require__.e(/* import() */ 857).then(__nccwpck_require__.bind(__nccwpck_require__, 857));
    return verifyToken(context, token);
}
/**
 * The same for a sealed token, or undefined with a notice where it is refused or expires meanwhile: then a
 * new one may pass.
 */
async function verifySealed(context, token) {
    try {
        const verified = await verify(context, token);
        const left = (0,adobe_token/* secondsUntil */.Ch)(token.expiresAtMs, context.clock.now());
        return left > 0 ? verified : noteUnusable(context, 'has expired');
    }
    catch (error) {
        if (!(error instanceof errors/* VerificationError */.mk && error.advice.tokenRefused))
            throw error;
        return noteUnusable(context, `fails its verification: ${error.message}`);
    }
}

;// CONCATENATED MODULE: ./src/main.ts
/** Entry of the main step. */





run((runner) => provideToken(runner, openClock(), openExchange(runner.env)), {
    report: reportFailure,
    code: 1,
});

module.exports = __webpack_exports__;
/******/ })()
;
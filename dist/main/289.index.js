"use strict";
exports.id = 289;
exports.ids = [289];
exports.modules = {

/***/ 289:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  verifyToken: () => (/* binding */ verifyToken)
});

// EXTERNAL MODULE: ./src/errors.ts + 1 modules
var errors = __webpack_require__(879);
// EXTERNAL MODULE: ./src/adobe/refusals.ts
var refusals = __webpack_require__(453);
;// CONCATENATED MODULE: ./src/adobe/gateway.ts
/** What Adobe's gateways say when they refuse a token, and what to do about it. No I/O. */


const WAYS_ROUND = '`verify: token` asks IMS instead, and `verify-url` sets another address to check the token with';
const SERVICE_REFUSED = 'The service refuses this token, or has no such address';
const IMS_REFUSED = 'IMS did not confirm this token: check that `ims-url` is the environment of the credential, and that `/ims/validate_token/v1` exists there';
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
/** By the gateway's error code or by the `x-access-error` header. */
const ROWS = {
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
        hint: 'The token lacks a scope that the service wants: correct `scope`, or leave it out to ask for what `service` needs',
    },
};
/**
 * The error for an answer other than a success to a token's verification: a `VerificationError`, unless
 * a later request may succeed or the answer is a redirect.
 */
function verificationRefusal(response, reading, asked) {
    const general = (0,refusals/* refusal */.x5)(response, reading);
    if ((0,errors/* isTransient */.dg)(general) || response.status < 400)
        return general;
    const header = response.headers['x-access-error'];
    const accessError = typeof header === 'string' ? header : '';
    const { error } = (0,refusals/* readError */.lS)(response.body);
    const row = find(accessError) ?? find(error) ?? (response.status === 401 ? TOKEN_REFUSED : undefined);
    const said = accessError && `, x-access-error ${reading.redact(accessError, 60)}`;
    return new errors/* VerificationError */.mk(`${general.message}${said}`, {
        topic: asked === 'token' ? 'token-not-valid' : (row?.topic ?? 'verification-refused'),
        hint: asked === 'token' ? IMS_REFUSED : `${row?.hint ?? SERVICE_REFUSED}; ${WAYS_ROUND}`,
    });
}
function find(name) {
    return Object.hasOwn(ROWS, name) ? ROWS[name] : undefined;
}

// EXTERNAL MODULE: ./src/adobe/requests.ts
var requests = __webpack_require__(442);
// EXTERNAL MODULE: ./src/steps/context.ts
var context = __webpack_require__(473);
;// CONCATENATED MODULE: ./src/steps/verify.ts
/** Proves that a token works before a pipeline relies on it. */





/**
 * Checks the token with the service where `verify` asks for that and an address is known, else with IMS.
 * @throws {VerificationError} when IMS or the service does not accept it.
 * @throws {ActionError} when neither says so: then nothing is proven, and the token does not pass.
 */
async function verifyToken(session, { value }) {
    const { verify, verifyUrl, imsUrl, clientId } = session.inputs;
    const url = verify === 'service' ? verifyUrl : undefined;
    const [request, asked] = url === undefined
        ? [(0,requests/* validateRequest */.S)(imsUrl, clientId, value), 'token']
        : [serviceRequest(url, clientId, value), 'service'];
    const redact = (0,context/* sessionRedactor */.lF)(session, value);
    const task = `Could not verify the access token with ${new URL(request.url).host}`;
    await (0,context/* call */.T1)(session, task, request, (response) => {
        if (response.status < 200 || response.status > 299) {
            throw verificationRefusal(response, { redact, nowMs: session.clock.now() }, asked);
        }
        if ((0,refusals/* isHtml */._6)(response))
            throw (0,refusals/* htmlAnswer */.uV)(response);
        // Nothing is known of the services' answers but that success is one.
        if (asked === 'token')
            readValidateResponse(response, redact);
    });
    return asked;
}
function serviceRequest(url, clientId, token) {
    const headers = { authorization: `Bearer ${token.reveal()}`, 'x-api-key': clientId };
    return { method: 'GET', url, headers };
}
/** Only `"valid": true` passes: not `"true"`, not 1, not an answer without it. */
function readValidateResponse(response, redact) {
    const answer = (0,refusals/* parseObject */.lj)(response.body);
    if (answer?.['valid'] === true)
        return;
    const reason = answer?.['reason'];
    const said = typeof reason === 'string' ? `, "${redact(reason)}"` : '';
    const what = answer?.['valid'] === false
        ? 'the token is not valid'
        : 'the answer does not say that the token is valid';
    throw new errors/* VerificationError */.mk(`HTTP ${response.status}, but ${what}${said}${(0,refusals/* requestIds */.qs)(response, redact)}`, {
        topic: 'token-not-valid',
        hint: 'Check that `ims-url` is where the credential belongs, and that nothing has revoked the token since',
    });
}


/***/ })

};
;
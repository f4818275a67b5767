"use strict";
exports.id = 857;
exports.ids = [857];
exports.modules = {

/***/ 857:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   verifyToken: () => (/* binding */ verifyToken)
/* harmony export */ });
/* harmony import */ var _adobe_requests_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(442);
/* harmony import */ var _adobe_responses_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(742);
/* harmony import */ var _adobe_token_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(699);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(231);
/* harmony import */ var _services_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(188);
/** Proves that a token works before a pipeline relies on it. */





/**
 * Checks the token with each service where `verify` asks for that, and once with IMS for those that have
 * no address to call.
 * @returns `service` only where every service was called.
 * @throws {VerificationError} when IMS or a service does not accept it.
 * @throws {ActionError} when neither says so: then nothing is proven, and the token does not pass.
 */
async function verifyToken(context, token) {
    const { verify, verifyTargets } = context.inputs;
    const targets = verify === 'service' ? verifyTargets : [];
    const called = targets.filter(({ url }) => url !== undefined);
    for (const { service, url = '' } of called)
        await callService(context, token, service, url);
    if (called.length > 0 && called.length === targets.length)
        return 'service';
    await askIms(context, token);
    return 'token';
}
async function askIms({ inputs, runner, client }, { value }) {
    const request = (0,_adobe_requests_js__WEBPACK_IMPORTED_MODULE_3__/* .validateRequest */ .S)(inputs.imsUrl, inputs.clientId, value);
    const task = `Could not verify the access token with ${new URL(request.url).host}`;
    await client.send(task, request, (response) => (0,_adobe_responses_js__WEBPACK_IMPORTED_MODULE_0__/* .readValidateResponse */ .au)(response, runner.redact));
}
async function callService({ inputs, runner, client }, token, service, url) {
    const request = (0,_adobe_requests_js__WEBPACK_IMPORTED_MODULE_3__/* .serviceRequest */ .RI)(url, inputs.clientId, token.value, inputs.orgId);
    const task = `Could not verify the access token with ${new URL(url).host}`;
    try {
        await client.send(task, request, (response) => (0,_adobe_responses_js__WEBPACK_IMPORTED_MODULE_0__/* .readServiceResponse */ .re)(response, runner.redact));
    }
    catch (error) {
        if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .VerificationError */ .mk) || !service)
            throw error;
        const lacking = (0,_adobe_token_js__WEBPACK_IMPORTED_MODULE_4__/* .missingScopes */ ["if"])(_services_js__WEBPACK_IMPORTED_MODULE_2__/* .SERVICES */ .Bg[service].scopes, token);
        if (lacking.length === 0)
            throw error;
        throw error.giveUp({
            hint: `${error.hint}. The token lacks scopes of \`service: ${service}\`: ${lacking.join(', ')}`,
        });
    }
}


/***/ })

};
;
"use strict";
exports.id = 459;
exports.ids = [459];
exports.modules = {

/***/ 459:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MAX_SEAL_LENGTH: () => (/* binding */ MAX_SEAL_LENGTH),
/* harmony export */   openSeal: () => (/* binding */ openSeal),
/* harmony export */   sealToken: () => (/* binding */ sealToken),
/* harmony export */   unfitBecause: () => (/* binding */ unfitBecause)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var jose_jwe_compact_decrypt__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(880);
/* harmony import */ var jose_jwe_compact_encrypt__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(455);
/* harmony import */ var _adobe_requests_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(442);
/* harmony import */ var _adobe_token_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(699);
/* harmony import */ var _secret_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(18);
/** Carries a token from one job or run to the next: encrypted under the client secret, as a compact JWE. */






const VERSION = 1;
const SALT_BYTES = 32;
const LABEL = 'adobe-ims-token-action sealed token';
/** A job output may hold 1 MiB, but an environment variable or a command line far less. */
const MAX_SEAL_LENGTH = 24 * 1024;
/**
 * Seals a token under a client secret, for this client ID and IMS alone.
 * @see https://www.rfc-editor.org/rfc/rfc7516#section-3.1
 */
async function sealToken(token, context, clientSecret) {
    const salt = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(SALT_BYTES);
    const payload = {
        token: token.value.reveal(),
        token_type: 'bearer',
        asked: token.asked.join(' '),
        granted: token.granted.join(' '),
        org_id: token.orgId ?? null,
        lifetime_ms: token.lifetimeMs,
        expires_at_ms: token.expiresAtMs,
    };
    return new jose_jwe_compact_encrypt__WEBPACK_IMPORTED_MODULE_4__/* .CompactEncrypt */ .j(Buffer.from(JSON.stringify(payload)))
        .setProtectedHeader({
        alg: 'dir',
        enc: 'A256GCM',
        v: VERSION,
        salt: salt.toString('base64url'),
    })
        .encrypt(deriveKey(clientSecret, salt, context));
}
/**
 * Opens a seal with whichever of the client secrets made it. Whatever the text is, this never throws.
 * `refused` ends the sentence "The sealed token is not used: it …", and tells no more than may be told.
 */
async function openSeal(text, context, clientSecrets) {
    const salt = readSalt(text);
    if (!Buffer.isBuffer(salt))
        return salt;
    for (const clientSecret of clientSecrets) {
        const payload = await decrypt(text, deriveKey(clientSecret, salt, context));
        if (payload)
            return readPayload(payload);
    }
    return {
        refused: 'was made with another client secret, client ID or ims-url, or was altered',
    };
}
/** Why a token that was sealed does not serve now, as the end of the same sentence; undefined where it does. */
function unfitBecause(token, context, { nowMs, minValidityMs }) {
    if (token.orgId !== context.orgId)
        return 'was made for another org-id';
    const lacking = context.scopes.filter((scope) => !token.asked.includes(scope));
    if (lacking.length > 0)
        return `was made for other scopes, without ${lacking.join(', ')}`;
    const leftMs = token.expiresAtMs - nowMs;
    if (leftMs <= 0)
        return 'has expired';
    if (leftMs < minValidityMs) {
        return `expires in ${Math.floor(leftMs / 1000)} s, and min-validity is ${minValidityMs / 1000} s`;
    }
    return undefined;
}
/**
 * HKDF-SHA-256 over the secret; what else the seal is bound to stands in `info`, each with its length.
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
function deriveKey(clientSecret, salt, { clientId, imsUrl }) {
    const info = Buffer.concat([LABEL, clientId, imsUrl].flatMap((part) => {
        const bytes = Buffer.from(part);
        const length = Buffer.alloc(4);
        length.writeUInt32BE(bytes.length);
        return [length, bytes];
    }));
    return new Uint8Array((0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hkdfSync)('sha256', clientSecret.reveal(), salt, info, 32));
}
/** The salt in the header, once the outside of the seal is found right. */
function readSalt(text) {
    const parts = text.split('.');
    const [header = '', key] = parts;
    if (text.length > MAX_SEAL_LENGTH ||
        parts.length !== 5 ||
        key !== '' ||
        !parts.every(isCanonical)) {
        return { refused: 'is not a sealed token, or was truncated' };
    }
    const { v, salt } = parseJson(Buffer.from(header, 'base64url'));
    if (typeof v === 'number' && v !== VERSION)
        return { refused: 'was made by another version of this action' };
    const bytes = Buffer.from(typeof salt === 'string' && isCanonical(salt) ? salt : '', 'base64url');
    return v === VERSION && bytes.length === SALT_BYTES
        ? bytes
        : { refused: 'is not a sealed token of this action' };
}
/** One text for one value: base64url without padding and without stray bits at its end. */
function isCanonical(text) {
    return Buffer.from(text, 'base64url').toString('base64url') === text;
}
async function decrypt(text, key) {
    try {
        const { plaintext } = await (0,jose_jwe_compact_decrypt__WEBPACK_IMPORTED_MODULE_5__/* .compactDecrypt */ .d)(text, key, {
            keyManagementAlgorithms: ['dir'],
            contentEncryptionAlgorithms: ['A256GCM'],
        });
        return plaintext;
    }
    catch {
        return undefined;
    }
}
function readPayload(payload) {
    const { token, token_type, asked, granted, org_id, lifetime_ms, expires_at_ms } = parseJson(payload);
    const askedScopes = (0,_adobe_token_js__WEBPACK_IMPORTED_MODULE_2__/* .readScopes */ .Q9)(asked);
    const grantedScopes = (0,_adobe_token_js__WEBPACK_IMPORTED_MODULE_2__/* .readScopes */ .Q9)(granted);
    if (typeof token !== 'string' ||
        !(0,_adobe_requests_js__WEBPACK_IMPORTED_MODULE_1__/* .isBearerToken */ .Zc)(token) ||
        token_type !== 'bearer' ||
        !askedScopes ||
        !grantedScopes ||
        !(org_id === null || typeof org_id === 'string') ||
        typeof lifetime_ms !== 'number' ||
        typeof expires_at_ms !== 'number') {
        return { refused: 'holds no token' };
    }
    return {
        token: {
            value: new _secret_js__WEBPACK_IMPORTED_MODULE_3__/* .Secret */ .zh(token),
            asked: askedScopes,
            granted: grantedScopes,
            orgId: org_id ?? undefined,
            lifetimeMs: lifetime_ms,
            expiresAtMs: expires_at_ms,
        },
    };
}
function parseJson(bytes) {
    try {
        // A copy: null and numbers leave it empty, and a text or a list has no entry by its name.
        return { ...JSON.parse(Buffer.from(bytes).toString('utf8')) };
    }
    catch {
        return {};
    }
}


/***/ })

};
;
"use strict";
exports.id = 459;
exports.ids = [459];
exports.modules = {

/***/ 459:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MAX_SEAL_LENGTH: () => (/* binding */ MAX_SEAL_LENGTH),
/* harmony export */   openSeal: () => (/* binding */ openSeal),
/* harmony export */   seal: () => (/* binding */ seal)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var jose_jwe_compact_decrypt__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(880);
/* harmony import */ var jose_jwe_compact_encrypt__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(455);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(434);
/** The envelope of a sealed token: a compact JWE under a key from a client secret. It knows nothing of tokens. */




const VERSION = 1;
const SALT_BYTES = 32;
const LABEL = 'adobe-ims-token-action sealed token';
/** The longest seal that is opened, in characters. A job output may hold 1 MiB, but a variable far less. */
const MAX_SEAL_LENGTH = 24 * 1024;
/**
 * Encrypts a payload under a client secret.
 * @see https://www.rfc-editor.org/rfc/rfc7516#section-3.1
 */
async function seal(payload, binding, clientSecret) {
    const salt = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(SALT_BYTES);
    return new jose_jwe_compact_encrypt__WEBPACK_IMPORTED_MODULE_1__/* .CompactEncrypt */ .j(Buffer.from(JSON.stringify(payload)))
        .setProtectedHeader({
        alg: 'dir',
        enc: 'A256GCM',
        v: VERSION,
        salt: salt.toString('base64url'),
    })
        .encrypt(deriveKey(clientSecret, salt, binding));
}
/** Opens a seal with whichever of the client secrets made it. Whatever the text is, this never throws. */
async function openSeal(text, binding, clientSecrets) {
    const salt = readSalt(text);
    if ('fault' in salt)
        return salt;
    for (const clientSecret of clientSecrets) {
        const payload = await decrypt(text, deriveKey(clientSecret, salt.value, binding));
        if (payload)
            return { value: payload };
    }
    return { fault: 'refused' };
}
/**
 * HKDF-SHA-256 over the secret; what else the seal is bound to stands in `info`, each with its length. For
 * a key of one block it is two HMACs: `hkdfSync` takes no `info` above 1,024 bytes, and a URL may be longer.
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
function deriveKey(clientSecret, salt, binding) {
    const info = Buffer.concat([LABEL, ...binding].flatMap((part) => {
        const bytes = Buffer.from(part);
        const length = Buffer.alloc(4);
        length.writeUInt32BE(bytes.length);
        return [length, bytes];
    }));
    const extracted = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHmac)('sha256', salt).update(clientSecret.reveal()).digest();
    return new Uint8Array((0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHmac)('sha256', extracted).update(info).update('\x01').digest());
}
/** The salt in the header, once the outside of the seal is found right. */
function readSalt(text) {
    const parts = text.split('.', 6);
    const [header = '', key] = parts;
    const isCompact = parts.length === 5 && key === '' && parts.every(isCanonical);
    if (text.length > MAX_SEAL_LENGTH || !isCompact)
        return { fault: 'malformed' };
    const { v, salt } = (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .readJsonObject */ .op)(decodeBase64Url(header).toString('utf8')) ?? {};
    if (typeof v === 'number' && v !== VERSION)
        return { fault: 'other-version' };
    const bytes = decodeBase64Url(typeof salt === 'string' && isCanonical(salt) ? salt : '');
    return v === VERSION && bytes.length === SALT_BYTES ? { value: bytes } : { fault: 'foreign' };
}
/** One text for one value: base64url without padding and without stray bits at its end. */
function isCanonical(text) {
    return decodeBase64Url(text).toString('base64url') === text;
}
function decodeBase64Url(text) {
    return Buffer.from(text, 'base64url');
}
async function decrypt(text, key) {
    try {
        const { plaintext } = await (0,jose_jwe_compact_decrypt__WEBPACK_IMPORTED_MODULE_3__/* .compactDecrypt */ .d)(text, key, {
            keyManagementAlgorithms: ['dir'],
            contentEncryptionAlgorithms: ['A256GCM'],
        });
        return (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .readJsonObject */ .op)(Buffer.from(plaintext).toString('utf8')) ?? {};
    }
    catch {
        return undefined;
    }
}


/***/ })

};
;
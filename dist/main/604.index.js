"use strict";
exports.id = 604;
exports.ids = [604];
exports.modules = {

/***/ 604:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   makeFingerprint: () => (/* binding */ makeFingerprint)
/* harmony export */ });
/* unused harmony export fitsFingerprint */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/** Tells one client secret from another, and nothing more. */

/** Enough to tell another secret, too little to guess one. */
const BYTES = 4;
/** A salted fingerprint of a secret, as `salt.digest`. */
function makeFingerprint(secret) {
    const salt = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(16).toString('hex');
    return `${salt}.${digest(secret, salt)}`;
}
/** Whether a fingerprint was made of this secret. */
function fitsFingerprint(secret, fingerprint) {
    const [salt = '', expected] = fingerprint.split('.');
    return digest(secret, salt) === expected;
}
function digest(secret, salt) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(`${salt}.${secret.reveal()}`).digest();
    return hash.subarray(0, BYTES).toString('hex');
}


/***/ })

};
;
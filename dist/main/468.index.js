export const id = 468;
export const ids = [468];
export const modules = {
	468: ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, {
			MAX_SEAL_LENGTH: () => MAX_SEAL_LENGTH,
			openSeal: () => openSeal,
			sealToken: () => sealToken,
			unfitBecause: () => unfitBecause,
		});
		var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(598);
		var jose_jwe_compact_decrypt__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(60);
		var jose_jwe_compact_encrypt__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(587);
		var _adobe_requests_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(941);
		var _adobe_token_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(166);
		var _secret_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(793);
		let VERSION = 1;
		let SALT_BYTES = 32;
		let LABEL = 'adobe-ims-token-action sealed token';
		let MAX_SEAL_LENGTH = 24576;
		async function sealToken(token, context, clientSecret) {
			let salt = (0, node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(SALT_BYTES);
			let payload = {
				token: token.value.reveal(),
				token_type: 'bearer',
				asked: token.asked.join(' '),
				granted: token.granted.join(' '),
				org_id: token.orgId ?? null,
				lifetime_ms: token.lifetimeMs,
				expires_at_ms: token.expiresAtMs,
			};
			return new jose_jwe_compact_encrypt__WEBPACK_IMPORTED_MODULE_4__.j(Buffer.from(JSON.stringify(payload)))
				.setProtectedHeader({
					alg: 'dir',
					enc: 'A256GCM',
					v: VERSION,
					salt: salt.toString('base64url'),
				})
				.encrypt(deriveKey(clientSecret, salt, context));
		}
		async function openSeal(text, context, clientSecrets) {
			let salt = readSalt(text);
			if (!Buffer.isBuffer(salt)) return salt;
			for (let clientSecret of clientSecrets) {
				let payload = await decrypt(text, deriveKey(clientSecret, salt, context));
				if (payload) return readPayload(payload);
			}
			return {
				refused: 'was made with another client secret, client ID or ims-url, or was altered',
			};
		}
		function unfitBecause(token, context, { nowMs, minValidityMs }) {
			if (token.orgId !== context.orgId) return 'was made for another org-id';
			let lacking = context.scopes.filter((scope) => !token.asked.includes(scope));
			if (lacking.length > 0) return `was made for other scopes, without ${lacking.join(', ')}`;
			let leftMs = token.expiresAtMs - nowMs;
			if (leftMs <= 0) return 'has expired';
			if (leftMs < minValidityMs)
				return `expires in ${Math.floor(leftMs / 1000)} s, and min-validity is ${minValidityMs / 1000} s`;
		}
		function deriveKey(clientSecret, salt, { clientId, imsUrl }) {
			let info = Buffer.concat(
				[LABEL, clientId, imsUrl].flatMap((part) => {
					let bytes = Buffer.from(part);
					let length = Buffer.alloc(4);
					length.writeUInt32BE(bytes.length);
					return [length, bytes];
				}),
			);
			return new Uint8Array(
				(0, node_crypto__WEBPACK_IMPORTED_MODULE_0__.hkdfSync)('sha256', clientSecret.reveal(), salt, info, 32),
			);
		}
		function readSalt(text) {
			let parts = text.split('.');
			let [header = '', key] = parts;
			if (text.length > MAX_SEAL_LENGTH || 5 !== parts.length || '' !== key || !parts.every(isCanonical))
				return {
					refused: 'is not a sealed token, or was truncated',
				};
			let { v, salt } = parseJson(Buffer.from(header, 'base64url'));
			if ('number' == typeof v && v !== VERSION)
				return {
					refused: 'was made by another version of this action',
				};
			let bytes = Buffer.from('string' == typeof salt && isCanonical(salt) ? salt : '', 'base64url');
			return v === VERSION && bytes.length === SALT_BYTES
				? bytes
				: {
						refused: 'is not a sealed token of this action',
					};
		}
		function isCanonical(text) {
			return Buffer.from(text, 'base64url').toString('base64url') === text;
		}
		async function decrypt(text, key) {
			try {
				let { plaintext } = await (0, jose_jwe_compact_decrypt__WEBPACK_IMPORTED_MODULE_5__.d)(text, key, {
					keyManagementAlgorithms: ['dir'],
					contentEncryptionAlgorithms: ['A256GCM'],
				});
				return plaintext;
			} catch {
				return;
			}
		}
		function readPayload(payload) {
			let { token, token_type, asked, granted, org_id, lifetime_ms, expires_at_ms } = parseJson(payload);
			let askedScopes = (0, _adobe_token_js__WEBPACK_IMPORTED_MODULE_2__.Q9)(asked);
			let grantedScopes = (0, _adobe_token_js__WEBPACK_IMPORTED_MODULE_2__.Q9)(granted);
			if (
				'string' != typeof token ||
				!(0, _adobe_requests_js__WEBPACK_IMPORTED_MODULE_1__.Zc)(token) ||
				'bearer' !== token_type ||
				!askedScopes ||
				!grantedScopes ||
				!(null === org_id || 'string' == typeof org_id) ||
				'number' != typeof lifetime_ms ||
				'number' != typeof expires_at_ms
			)
				return {
					refused: 'holds no token',
				};
			return {
				token: {
					value: new _secret_js__WEBPACK_IMPORTED_MODULE_3__.zh(token),
					asked: askedScopes,
					granted: grantedScopes,
					orgId: org_id ?? void 0,
					lifetimeMs: lifetime_ms,
					expiresAtMs: expires_at_ms,
				},
			};
		}
		function parseJson(bytes) {
			try {
				return {
					...JSON.parse(Buffer.from(bytes).toString('utf8')),
				};
			} catch {
				return {};
			}
		}
	}),
};

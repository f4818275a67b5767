export const id = 979;
export const ids = [979];
export const modules = {
	979: ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
		__webpack_require__.d(__webpack_exports__, {
			verifyToken: () => verifyToken,
		});
		var errors = __webpack_require__(972);
		var refusals = __webpack_require__(662);
		let WAYS_ROUND = '`verify: token` asks IMS instead, and `verify-url` sets another address to check the token with';
		let SERVICE_REFUSED = 'The service refuses this token, or has no such address';
		let IMS_REFUSED =
			'IMS did not confirm this token: check that `ims-url` is the environment of the credential, and that `/ims/validate_token/v1` exists there';
		let TOKEN_REFUSED = {
			topic: 'token-refused',
			hint: 'The service does not accept this token: check that `ims-url` and the service belong to the same environment, and that the credential is an OAuth Server-to-Server one',
		};
		let API_NOT_ADDED = {
			topic: 'api-not-added',
			hint: 'The service does not know this client ID: add its API to the project in the Adobe Developer Console, and check that `service` names the right one',
		};
		let NOT_ENTITLED = {
			topic: 'not-entitled',
			hint: "The credential has no product profile that includes this service: have the organization's administrator add one in the Adobe Developer Console",
		};
		let ROWS = {
			401013: TOKEN_REFUSED,
			403010: TOKEN_REFUSED,
			403000: API_NOT_ADDED,
			403003: API_NOT_ADDED,
			403025: NOT_ENTITLED,
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
		function verificationRefusal(response, reading, asked) {
			let general = (0, refusals.x5)(response, reading);
			if ((0, errors.dg)(general) || response.status < 400) return general;
			let header = response.headers['x-access-error'];
			let accessError = 'string' == typeof header ? header : '';
			let { error } = (0, refusals.lS)(response.body);
			let row = find(accessError) ?? find(error) ?? (401 === response.status ? TOKEN_REFUSED : void 0);
			let said = accessError && `, x-access-error ${reading.redact(accessError, 60)}`;
			return new errors.mk(`${general.message}${said}`, {
				topic: 'token' === asked ? 'token-not-valid' : (row?.topic ?? 'verification-refused'),
				hint: 'token' === asked ? IMS_REFUSED : `${row?.hint ?? SERVICE_REFUSED}; ${WAYS_ROUND}`,
			});
		}
		function find(name) {
			return Object.hasOwn(ROWS, name) ? ROWS[name] : void 0;
		}
		var requests = __webpack_require__(941);
		var context = __webpack_require__(732);
		async function verifyToken(session, { value }) {
			let { verify, verifyUrl, imsUrl, clientId } = session.inputs;
			let url = 'service' === verify ? verifyUrl : void 0;
			let [request, asked] =
				void 0 === url
					? [(0, requests.S)(imsUrl, clientId, value), 'token']
					: [serviceRequest(url, clientId, value), 'service'];
			let redact = (0, context.lF)(session, value);
			let task = `Could not verify the access token with ${new URL(request.url).host}`;
			await (0, context.T1)(session, task, request, (response) => {
				if (response.status < 200 || response.status > 299)
					throw verificationRefusal(
						response,
						{
							redact,
							nowMs: session.clock.now(),
						},
						asked,
					);
				if ((0, refusals._6)(response)) throw (0, refusals.uV)(response);
				if ('token' === asked) readValidateResponse(response, redact);
			});
			return asked;
		}
		function serviceRequest(url, clientId, token) {
			let headers = {
				authorization: `Bearer ${token.reveal()}`,
				'x-api-key': clientId,
			};
			return {
				method: 'GET',
				url,
				headers,
			};
		}
		function readValidateResponse(response, redact) {
			let answer = (0, refusals.lj)(response.body);
			if (answer?.['valid'] === true) return;
			let reason = answer?.['reason'];
			let said = 'string' == typeof reason ? `, "${redact(reason)}"` : '';
			let what =
				answer?.['valid'] === false ? 'the token is not valid' : 'the answer does not say that the token is valid';
			throw new errors.mk(`HTTP ${response.status}, but ${what}${said}${(0, refusals.qs)(response, redact)}`, {
				topic: 'token-not-valid',
				hint: 'Check that `ims-url` is where the credential belongs, and that nothing has revoked the token since',
			});
		}
	}),
};

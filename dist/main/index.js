var __webpack_modules__ = {
	770: ((module, __unused_webpack_exports, __nccwpck_require__) => {
		module.exports = __nccwpck_require__(218);
	}),
	218: ((__unused_webpack_module, exports, __nccwpck_require__) => {
		var tls = __nccwpck_require__(756);
		var http = __nccwpck_require__(611);
		var https = __nccwpck_require__(692);
		var events = __nccwpck_require__(434);
		var util = __nccwpck_require__(23);
		exports.httpOverHttp = httpOverHttp;
		exports.httpsOverHttp = httpsOverHttp;
		exports.httpOverHttps = httpOverHttps;
		exports.httpsOverHttps = httpsOverHttps;
		function httpOverHttp(options) {
			var agent = new TunnelingAgent(options);
			agent.request = http.request;
			return agent;
		}
		function httpsOverHttp(options) {
			var agent = new TunnelingAgent(options);
			agent.request = http.request;
			agent.createSocket = createSecureSocket;
			agent.defaultPort = 443;
			return agent;
		}
		function httpOverHttps(options) {
			var agent = new TunnelingAgent(options);
			agent.request = https.request;
			return agent;
		}
		function httpsOverHttps(options) {
			var agent = new TunnelingAgent(options);
			agent.request = https.request;
			agent.createSocket = createSecureSocket;
			agent.defaultPort = 443;
			return agent;
		}
		function TunnelingAgent(options) {
			var self = this;
			self.options = options || {};
			self.proxyOptions = self.options.proxy || {};
			self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
			self.requests = [];
			self.sockets = [];
			self.on('free', function (socket, host, port, localAddress) {
				var options = toOptions(host, port, localAddress);
				for (var i = 0, len = self.requests.length; i < len; ++i) {
					var pending = self.requests[i];
					if (pending.host === options.host && pending.port === options.port) {
						self.requests.splice(i, 1);
						pending.request.onSocket(socket);
						return;
					}
				}
				socket.destroy();
				self.removeSocket(socket);
			});
		}
		util.inherits(TunnelingAgent, events.EventEmitter);
		TunnelingAgent.prototype.addRequest = function (req, host, port, localAddress) {
			var self = this;
			var options = mergeOptions(
				{
					request: req,
				},
				self.options,
				toOptions(host, port, localAddress),
			);
			if (self.sockets.length >= this.maxSockets) return void self.requests.push(options);
			self.createSocket(options, function (socket) {
				socket.on('free', onFree);
				socket.on('close', onCloseOrRemove);
				socket.on('agentRemove', onCloseOrRemove);
				req.onSocket(socket);
				function onFree() {
					self.emit('free', socket, options);
				}
				function onCloseOrRemove(err) {
					self.removeSocket(socket);
					socket.removeListener('free', onFree);
					socket.removeListener('close', onCloseOrRemove);
					socket.removeListener('agentRemove', onCloseOrRemove);
				}
			});
		};
		TunnelingAgent.prototype.createSocket = function (options, cb) {
			var self = this;
			var placeholder = {};
			self.sockets.push(placeholder);
			var connectOptions = mergeOptions({}, self.proxyOptions, {
				method: 'CONNECT',
				path: options.host + ':' + options.port,
				agent: false,
				headers: {
					host: options.host + ':' + options.port,
				},
			});
			if (options.localAddress) connectOptions.localAddress = options.localAddress;
			if (connectOptions.proxyAuth) {
				connectOptions.headers = connectOptions.headers || {};
				connectOptions.headers['Proxy-Authorization'] =
					'Basic ' + new Buffer(connectOptions.proxyAuth).toString('base64');
			}
			debug1('making CONNECT request');
			var connectReq = self.request(connectOptions);
			connectReq.useChunkedEncodingByDefault = false;
			connectReq.once('response', onResponse);
			connectReq.once('upgrade', onUpgrade);
			connectReq.once('connect', onConnect);
			connectReq.once('error', onError);
			connectReq.end();
			function onResponse(res) {
				res.upgrade = true;
			}
			function onUpgrade(res, socket, head) {
				process.nextTick(function () {
					onConnect(res, socket, head);
				});
			}
			function onConnect(res, socket, head) {
				connectReq.removeAllListeners();
				socket.removeAllListeners();
				if (200 !== res.statusCode) {
					debug1('tunneling socket could not be established, statusCode=%d', res.statusCode);
					socket.destroy();
					var error = new Error('tunneling socket could not be established, statusCode=' + res.statusCode);
					error.code = 'ECONNRESET';
					options.request.emit('error', error);
					self.removeSocket(placeholder);
					return;
				}
				if (head.length > 0) {
					debug1('got illegal response body from proxy');
					socket.destroy();
					var error = new Error('got illegal response body from proxy');
					error.code = 'ECONNRESET';
					options.request.emit('error', error);
					self.removeSocket(placeholder);
					return;
				}
				debug1('tunneling connection has established');
				self.sockets[self.sockets.indexOf(placeholder)] = socket;
				return cb(socket);
			}
			function onError(cause) {
				connectReq.removeAllListeners();
				debug1('tunneling socket could not be established, cause=%s\n', cause.message, cause.stack);
				var error = new Error('tunneling socket could not be established, cause=' + cause.message);
				error.code = 'ECONNRESET';
				options.request.emit('error', error);
				self.removeSocket(placeholder);
			}
		};
		TunnelingAgent.prototype.removeSocket = function (socket) {
			var pos = this.sockets.indexOf(socket);
			if (-1 === pos) return;
			this.sockets.splice(pos, 1);
			var pending = this.requests.shift();
			if (pending)
				this.createSocket(pending, function (socket) {
					pending.request.onSocket(socket);
				});
		};
		function createSecureSocket(options, cb) {
			var self = this;
			TunnelingAgent.prototype.createSocket.call(self, options, function (socket) {
				var hostHeader = options.request.getHeader('host');
				var tlsOptions = mergeOptions({}, self.options, {
					socket: socket,
					servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host,
				});
				var secureSocket = tls.connect(0, tlsOptions);
				self.sockets[self.sockets.indexOf(socket)] = secureSocket;
				cb(secureSocket);
			});
		}
		function toOptions(host, port, localAddress) {
			if ('string' == typeof host)
				return {
					host: host,
					port: port,
					localAddress: localAddress,
				};
			return host;
		}
		function mergeOptions(target) {
			for (var i = 1, len = arguments.length; i < len; ++i) {
				var overrides = arguments[i];
				if ('object' == typeof overrides) {
					var keys = Object.keys(overrides);
					for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
						var k = keys[j];
						if (void 0 !== overrides[k]) target[k] = overrides[k];
					}
				}
			}
			return target;
		}
		var debug1;
		debug1 =
			process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)
				? function () {
						var args = Array.prototype.slice.call(arguments);
						if ('string' == typeof args[0]) args[0] = 'TUNNEL: ' + args[0];
						else args.unshift('TUNNEL:');
						console.error.apply(console, args);
					}
				: function () {};
	}),
	662: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			_6: () => isHtml1,
			lS: () => readError,
			lj: () => parseObject,
			qs: () => requestIds,
			uV: () => htmlAnswer1,
			x5: () => refusal1,
		});
		var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(972);
		var _http_retry_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(902);
		var _inputs_urls_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(695);
		let CREDENTIAL = 'the OAuth Server-to-Server credential in the Adobe Developer Console';
		let ROWS = [
			{
				error: 'invalid_client',
				description: /client[_ ]?id|^missing\b(?!.*secret)/i,
				topic: 'wrong-client-id',
				hint: `IMS does not know this client ID: compare \`client-id\` with ${CREDENTIAL}, and check that \`ims-url\` is its environment`,
			},
			{
				error: 'invalid_client',
				topic: 'wrong-client-secret',
				hint: `The client secret is wrong or was deleted: copy it again from ${CREDENTIAL} and update the GitHub secret`,
			},
			{
				error: 'unauthorized_client',
				topic: 'wrong-credential-type',
				hint: 'The credential is of another type: add an OAuth Server-to-Server credential to the project in the Adobe Developer Console and use its client ID and secret',
			},
			...['invalid_scope', 'invalid_target_scope'].map((error) => ({
				error,
				topic: 'wrong-scope',
				hint: 'Add the API to the project in the Adobe Developer Console, or correct `service` or `scope`: "View scopes per service" there lists what the credential may ask for',
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
		function refusal1(response, { redact, nowMs }) {
			let { status } = response;
			let { error, description } = readError(response.body);
			if (status >= 300 && status < 400) return redirect(response, redact);
			let said = [error && redact(error, 60), description && `"${redact(description)}"`];
			let what = said.filter((part) => part).join(' ') || (isHtml1(response) ? 'an HTML page' : '');
			let message = `HTTP ${status}${what && `, ${what}`}${requestIds(response, redact)}`;
			if ('' === error || (0, _errors_js__WEBPACK_IMPORTED_MODULE_0__.Dm)(status))
				return httpError(message, response, nowMs);
			let row = ROWS.find(
				(candidate) => candidate.error === error && (candidate.description?.test(description) ?? true),
			);
			return new _errors_js__WEBPACK_IMPORTED_MODULE_0__.W5(message, {
				topic: row?.topic ?? 'refused',
				hint: row?.hint ?? `IMS refuses the request: check \`client-id\`, \`scope\` and ${CREDENTIAL}`,
				secretRefused: row?.topic === 'wrong-client-secret' && (400 === status || 401 === status),
			});
		}
		function requestIds({ headers }, redact) {
			let ids = ['x-debug-id', 'x-request-id'].flatMap((name) => {
				let value = headers[name];
				return 'string' == typeof value && '' !== value ? [`${name} ${redact(value, 80)}`] : [];
			});
			return ids.length > 0 ? ` (${ids.join(', ')})` : '';
		}
		function readError(body) {
			let answer = parseObject(body) ?? {};
			let nested = answer['error'];
			let inner =
				'object' == typeof nested && null !== nested
					? {
							...nested,
						}
					: answer;
			let first = (...names) =>
				names
					.map((name) => inner[name])
					.map((value) => ('number' == typeof value ? String(value) : value))
					.find((value) => 'string' == typeof value && '' !== value);
			return {
				error: String(first('error', 'error_code', 'code') ?? ''),
				description: String(first('error_description', 'message', 'description') ?? ''),
			};
		}
		function parseObject(body) {
			try {
				let value = JSON.parse(body);
				return 'object' != typeof value || null === value || Array.isArray(value) ? void 0 : value;
			} catch {
				return;
			}
		}
		function isHtml1({ headers, body }) {
			return /^text\/html|^application\/xhtml/i.test(headers['content-type'] ?? '') || /^\s*</.test(body);
		}
		function htmlAnswer1({ status }) {
			return new _errors_js__WEBPACK_IMPORTED_MODULE_0__.o3(`HTTP ${status}, but the answer is an HTML page`, {
				topic: 'html-answer',
				hint: _errors_js__WEBPACK_IMPORTED_MODULE_0__.G9,
			});
		}
		function redirect(response, redact) {
			let location = redact((0, _inputs_urls_js__WEBPACK_IMPORTED_MODULE_2__.bv)(response.headers.location ?? ''), 100);
			let where = '' === location ? 'nowhere' : location;
			return new _errors_js__WEBPACK_IMPORTED_MODULE_0__.j$(
				`HTTP ${response.status}, a redirect to ${where}, which is not followed${requestIds(response, redact)}`,
				{
					status: response.status,
					retryAfterMs: 0,
					topic: 'redirect',
					hint: 'Adobe does not redirect here: check `ims-url` and `verify-url` if they are set, and whether a proxy or gateway answered instead',
				},
			);
		}
		function httpError(message, response, nowMs) {
			let { status, headers } = response;
			let advice = {
				status,
				retryAfterMs: (0, _http_retry_js__WEBPACK_IMPORTED_MODULE_1__.Vs)(headers, nowMs),
			};
			if (429 === status)
				return new _errors_js__WEBPACK_IMPORTED_MODULE_0__.j$(message, {
					...advice,
					topic: 'throttled',
					hint: 'Adobe throttles this credential: ask for fewer tokens, and let the jobs of a run share one through `seal` and `sealed-token`',
				});
			if ((0, _errors_js__WEBPACK_IMPORTED_MODULE_0__.Dm)(status))
				return new _errors_js__WEBPACK_IMPORTED_MODULE_0__.j$(message, {
					...advice,
					topic: 'server-error',
					hint: 'Re-run the job later; status.adobe.com lists outages',
				});
			return new _errors_js__WEBPACK_IMPORTED_MODULE_0__.j$(message, {
				...advice,
				topic: 'unexpected-status',
				hint: isHtml1(response)
					? _errors_js__WEBPACK_IMPORTED_MODULE_0__.G9
					: 'Check `ims-url` and `verify-url` if they are set, and whether a proxy or gateway answered instead of Adobe',
			});
		}
	}),
	941: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			S: () => validateRequest,
			Zc: () => isBearerToken,
			jE: () => tokenRequest,
			jz: () => readTokenResponse,
		});
		var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(972);
		var _secrets_redact_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(200);
		var _secrets_secret_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(793);
		var _refusals_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(662);
		var _token_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(166);
		let MAX_TOKEN_LENGTH = 16384;
		function tokenRequest({ imsUrl, clientId, secret, scopes, orgId }) {
			return formRequest(`${imsUrl}/ims/token/v3`, {
				grant_type: 'client_credentials',
				client_id: clientId,
				client_secret: secret.reveal(),
				scope: scopes.join(','),
				...(orgId
					? {
							org_id: orgId,
						}
					: {}),
			});
		}
		function readTokenResponse(response, reading) {
			if (200 !== response.status) throw (0, _refusals_js__WEBPACK_IMPORTED_MODULE_3__.x5)(response, reading);
			let answer = (0, _refusals_js__WEBPACK_IMPORTED_MODULE_3__.lj)(response.body);
			if (!answer) {
				if ((0, _refusals_js__WEBPACK_IMPORTED_MODULE_3__._6)(response))
					throw (0, _refusals_js__WEBPACK_IMPORTED_MODULE_3__.uV)(response);
				throw malformed('' === response.body ? 'it is empty' : 'it is not a JSON object');
			}
			let text = answer['access_token'];
			if ('string' != typeof text || '' === text) throw malformed('it has no access_token');
			let value = reading.mask(new _secrets_secret_js__WEBPACK_IMPORTED_MODULE_2__.zh(text));
			if (text.length > MAX_TOKEN_LENGTH)
				throw malformed(`its access_token is longer than ${MAX_TOKEN_LENGTH / 1024} KiB`);
			if (!isBearerToken(text)) throw malformed('its access_token has characters that no token may have');
			let type = answer['token_type'];
			if ('string' != typeof type || 'bearer' !== type.toLowerCase()) throw malformed('its token_type is not bearer');
			let claims = (0, _token_js__WEBPACK_IMPORTED_MODULE_4__.Ip)(text);
			let lifetimeMs = (0, _token_js__WEBPACK_IMPORTED_MODULE_4__.Qq)(answer['expires_in'], claims);
			if (void 0 === lifetimeMs) throw malformed('its expires_in is not a positive number of seconds');
			let scopes = claims.scopes ?? (0, _token_js__WEBPACK_IMPORTED_MODULE_4__.Q9)(answer['scope']) ?? reading.scopes;
			let redact = (0, _secrets_redact_js__WEBPACK_IMPORTED_MODULE_1__.$p)([value]);
			return {
				value,
				scopes: scopes.map((scope) => (reading.scopes.includes(scope) ? scope : reading.redact(redact(scope)))),
				lifetimeMs,
				expiresAtMs: reading.nowMs + lifetimeMs,
			};
		}
		function validateRequest(imsUrl, clientId, token) {
			let request = formRequest(`${imsUrl}/ims/validate_token/v1`, {
				type: 'access_token',
				client_id: clientId,
				token: token.reveal(),
			});
			let headers = {
				authorization: `Bearer ${token.reveal()}`,
				'x-ims-clientid': clientId,
			};
			return {
				...request,
				headers: {
					...request.headers,
					...headers,
				},
			};
		}
		function isBearerToken(text) {
			return /^[A-Za-z0-9\-._~+/]+=*$/.test(text);
		}
		function formRequest(url, form) {
			return {
				method: 'POST',
				url,
				headers: {
					'content-type': 'application/x-www-form-urlencoded',
					accept: 'application/json',
				},
				body: new URLSearchParams(form).toString(),
			};
		}
		function malformed(what) {
			return new _errors_js__WEBPACK_IMPORTED_MODULE_0__.o3(`HTTP 200, but the answer is not a token: ${what}`, {
				topic: 'malformed-answer',
				hint: 'Check that `ims-url`, if it is set, is Adobe IMS, and whether a proxy or gateway answered instead of it',
			});
		}
	}),
	166: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			Ch: () => secondsUntil,
			Ip: () => readClaims,
			Q9: () => readScopes,
			Qq: () => readLifetimeMs,
			if: () => missingScopes,
			nE: () => isoSeconds,
		});
		var _inputs_parsers_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(165);
		let MAX_LIFETIME_S = 172_800;
		let MAX_LIFETIME_MS = 315360000000;
		function readClaims(token) {
			let claims = decodePayload(token);
			let clientId = claims['client_id'];
			let scopes = readScopes(claims['scope']);
			let lifetimeMs = readPositive(claims['expires_in']);
			return {
				...('string' == typeof clientId
					? {
							clientId,
						}
					: {}),
				...(scopes
					? {
							scopes,
						}
					: {}),
				...(lifetimeMs
					? {
							lifetimeMs,
						}
					: {}),
			};
		}
		function readLifetimeMs(expiresIn, claims) {
			let value = readPositive(expiresIn);
			if (void 0 === value) return;
			let lifetimeMs = Math.min(value > MAX_LIFETIME_S ? value : 1000 * value, claims.lifetimeMs ?? 1 / 0);
			return lifetimeMs <= MAX_LIFETIME_MS ? lifetimeMs : void 0;
		}
		function readScopes(value) {
			if ('string' != typeof value) return;
			let scopes = value.split(/[ ,]/).filter((scope) => '' !== scope);
			return scopes.length > 0 && scopes.every(_inputs_parsers_js__WEBPACK_IMPORTED_MODULE_0__.T2)
				? [...new Set(scopes)]
				: void 0;
		}
		function missingScopes(wanted, { scopes }) {
			return wanted.filter((scope) => !scopes.includes(scope));
		}
		function secondsUntil(momentMs, nowMs) {
			return Math.max(0, Math.floor((momentMs - nowMs) / 1000));
		}
		function isoSeconds(momentMs) {
			return new Date(momentMs).toISOString().replace(/\.\d+/, '');
		}
		function decodePayload(token) {
			try {
				let payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
				return {
					...JSON.parse(payload),
				};
			} catch {
				return {};
			}
		}
		function readPositive(value) {
			let isDecimal = 'string' == typeof value && /^\d{1,15}(\.\d{1,9})?$/.test(value);
			let number = isDecimal || 'number' == typeof value ? Number(value) : 0;
			return number > 0 && Number.isFinite(number) ? number : void 0;
		}
	}),
	373: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			m: () => systemClock,
		});
		let systemClock = {
			elapsed: () => 1000 * process.uptime(),
			now: () => Date.now(),
			sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
			random: () => Math.random(),
		};
	}),
	972: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			cc: () => CancelledError,
			j$: () => HttpError,
			dz: () => InputError1,
			G9: () => NOT_ADOBE_HINT,
			Dr: () => NetworkError,
			W5: () => OAuthError,
			o3: () => ResponseError,
			MU: () => TimeoutError,
			mk: () => VerificationError,
			Uc: () => describeError,
			Bd: () => isActionError1,
			dg: () => isTransient,
			Dm: () => isTransientStatus,
		});
		let REPOSITORY = 'OWNER/adobe-ims-token-action';
		function troubleshootingUrl(topic) {
			return `https://github.com/${REPOSITORY}#${topic}`;
		}
		var redact = __nccwpck_require__(200);
		let NOT_ADOBE_HINT =
			'A proxy, gateway or sign-in page probably answered instead of Adobe: check `https_proxy`, and `ims-url` and `verify-url` if they are set';
		class BaseError extends Error {
			topic;
			hint;
			trail = {
				task: '',
				attempts: 1,
			};
			constructor(message, { topic, hint, cause }) {
				super(message, {
					cause,
				});
				this.name = new.target.name;
				this.topic = topic;
				this.hint = hint;
			}
		}
		class InputError1 extends BaseError {
			code = 'INPUT';
		}
		class NetworkError extends BaseError {
			code = 'NETWORK';
			transient;
			constructor(message, advice) {
				super(message, advice);
				this.transient = advice.transient;
			}
		}
		class TimeoutError extends BaseError {
			code = 'TIMEOUT';
		}
		class HttpError extends BaseError {
			code = 'HTTP';
			status;
			retryAfterMs;
			constructor(message, advice) {
				super(message, advice);
				this.status = advice.status;
				this.retryAfterMs = advice.retryAfterMs;
			}
		}
		class OAuthError extends BaseError {
			code = 'OAUTH';
			secretRefused;
			constructor(message, advice) {
				super(message, advice);
				this.secretRefused = advice.secretRefused;
			}
		}
		class ResponseError extends BaseError {
			code = 'RESPONSE';
		}
		class VerificationError extends BaseError {
			code = 'VERIFICATION';
		}
		class CancelledError extends BaseError {
			code = 'CANCELLED';
		}
		function isActionError1(error) {
			return error instanceof BaseError;
		}
		function isTransient(error) {
			switch (error.code) {
				case 'NETWORK':
					return error.transient;
				case 'TIMEOUT':
					return true;
				case 'HTTP':
					return isTransientStatus(error.status);
				case 'INPUT':
				case 'CANCELLED':
				case 'OAUTH':
				case 'RESPONSE':
				case 'VERIFICATION':
					return false;
			}
		}
		function isTransientStatus(status) {
			return [408, 425, 429].includes(status) || (status >= 500 && status <= 599);
		}
		function describeError(error) {
			if (!isActionError1(error)) return `${unexpected(error)}. ${troubleshootingUrl('unexpected-error')}`;
			let { trail } = error;
			let tried = trail.task && `${trail.task}: `;
			let times = trail.attempts > 1 ? `, after ${(0, redact.U9)(trail.attempts, 'attempt')}` : '';
			let gaveUp = trail.gaveUp ? `; ${trail.gaveUp}` : '';
			return `${tried}${error.message}${times}${gaveUp}. ${error.hint}. ${troubleshootingUrl(error.topic)}`;
		}
		function unexpected(error) {
			let kind = error instanceof Error ? error.name : typeof error;
			return `Unexpected ${kind} in this action, which is a bug: re-run the job with debug logging and report what it prints`;
		}
	}),
	668: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			e: () => run,
		});
		let external_node_fs_namespaceObject = process.getBuiltinModule('node:fs');
		let external_os_namespaceObject = process.getBuiltinModule('os');
		function toCommandValue(input) {
			if (null == input) return '';
			else if ('string' == typeof input || input instanceof String) return input;
			return JSON.stringify(input);
		}
		function toCommandProperties(annotationProperties) {
			if (!Object.keys(annotationProperties).length) return {};
			return {
				title: annotationProperties.title,
				file: annotationProperties.file,
				line: annotationProperties.startLine,
				endLine: annotationProperties.endLine,
				col: annotationProperties.startColumn,
				endColumn: annotationProperties.endColumn,
			};
		}
		function command_issueCommand(command, properties, message) {
			let cmd = new Command(command, properties, message);
			process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
		}
		let CMD_STRING = '::';
		class Command {
			constructor(command, properties, message) {
				if (!command) command = 'missing.command';
				this.command = command;
				this.properties = properties;
				this.message = message;
			}
			toString() {
				let cmdStr = CMD_STRING + this.command;
				if (this.properties && Object.keys(this.properties).length > 0) {
					cmdStr += ' ';
					let first = true;
					for (let key in this.properties)
						if (this.properties.hasOwnProperty(key)) {
							let val = this.properties[key];
							if (val) {
								if (first) first = false;
								else cmdStr += ',';
								cmdStr += `${key}=${escapeProperty(val)}`;
							}
						}
				}
				cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
				return cmdStr;
			}
		}
		function escapeData(s) {
			return toCommandValue(s).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
		}
		function escapeProperty(s) {
			return toCommandValue(s)
				.replace(/%/g, '%25')
				.replace(/\r/g, '%0D')
				.replace(/\n/g, '%0A')
				.replace(/:/g, '%3A')
				.replace(/,/g, '%2C');
		}
		let external_crypto_namespaceObject = process.getBuiltinModule('crypto');
		let external_fs_namespaceObject = process.getBuiltinModule('fs');
		function file_command_issueFileCommand(command, message) {
			let filePath = process.env[`GITHUB_${command}`];
			if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
			if (!external_fs_namespaceObject.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
			external_fs_namespaceObject.appendFileSync(
				filePath,
				`${toCommandValue(message)}${external_os_namespaceObject.EOL}`,
				{
					encoding: 'utf8',
				},
			);
		}
		function prepareKeyValueMessage(key, value) {
			let delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
			let convertedValue = toCommandValue(value);
			if (key.includes(delimiter))
				throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
			if (convertedValue.includes(delimiter))
				throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
			return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
		}
		process.getBuiltinModule('path');
		__nccwpck_require__(750);
		external_os_namespaceObject.platform();
		external_os_namespaceObject.arch();
		var ExitCode;
		(function (ExitCode) {
			ExitCode[(ExitCode['Success'] = 0)] = 'Success';
			ExitCode[(ExitCode['Failure'] = 1)] = 'Failure';
		})(ExitCode || (ExitCode = {}));
		function exportVariable(name, val) {
			let convertedVal = toCommandValue(val);
			process.env[name] = convertedVal;
			let filePath = process.env['GITHUB_ENV'] || '';
			if (filePath) return file_command_issueFileCommand('ENV', prepareKeyValueMessage(name, val));
			command_issueCommand(
				'set-env',
				{
					name,
				},
				convertedVal,
			);
		}
		function core_setSecret(secret) {
			command_issueCommand('add-mask', {}, secret);
		}
		function getInput(name, options) {
			let val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
			if (options && options.required && !val) throw new Error(`Input required and not supplied: ${name}`);
			if (options && false === options.trimWhitespace) return val;
			return val.trim();
		}
		function setOutput(name, value) {
			let filePath = process.env['GITHUB_OUTPUT'] || '';
			if (filePath) return file_command_issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
			process.stdout.write(external_os_namespaceObject.EOL);
			command_issueCommand(
				'set-output',
				{
					name,
				},
				toCommandValue(value),
			);
		}
		function core_debug(message) {
			command_issueCommand('debug', {}, message);
		}
		function error(message, properties = {}) {
			command_issueCommand(
				'error',
				toCommandProperties(properties),
				message instanceof Error ? message.toString() : message,
			);
		}
		function warning(message, properties = {}) {
			command_issueCommand(
				'warning',
				toCommandProperties(properties),
				message instanceof Error ? message.toString() : message,
			);
		}
		function notice(message, properties = {}) {
			command_issueCommand(
				'notice',
				toCommandProperties(properties),
				message instanceof Error ? message.toString() : message,
			);
		}
		function info(message) {
			process.stdout.write(message + external_os_namespaceObject.EOL);
		}
		function saveState(name, value) {
			let filePath = process.env['GITHUB_STATE'] || '';
			if (filePath) return file_command_issueFileCommand('STATE', prepareKeyValueMessage(name, value));
			command_issueCommand(
				'save-state',
				{
					name,
				},
				toCommandValue(value),
			);
		}
		function getState(name) {
			return process.env[`STATE_${name}`] || '';
		}
		var errors = __nccwpck_require__(972);
		var dns = __nccwpck_require__(747);
		var environment = __nccwpck_require__(145);
		var redact = __nccwpck_require__(200);
		var secrets_secret = __nccwpck_require__(793);
		let TITLE = 'Adobe IMS Access Token';
		function openRunner() {
			process.noDeprecation = true;
			let hidden = [];
			let safe = (line) => (0, redact.VP)(hidden.reduce((text, secret) => text.replaceAll(secret, '***'), line));
			let hide = (secret) => {
				hidden.push(secret.reveal());
				core_setSecret(secret.reveal());
			};
			for (let secret of (0, environment.W)(process.env)) hide(new secrets_secret.zh(secret));
			return {
				env: process.env,
				input: (name, options) => getInput(name, options),
				trigger: () => ({
					name: process.env['GITHUB_EVENT_NAME'] ?? '',
					actor: process.env['GITHUB_ACTOR'] ?? '',
					get payload() {
						return readPayload(process.env['GITHUB_EVENT_PATH']);
					},
				}),
				fileFault: (name) => fileFault(process.env[name]),
				mask: (secret) => {
					for (let form of [secret, ...(0, secrets_secret.wV)(secret)]) hide(form);
					return secret;
				},
				output: (name, value) => setOutput(name, reveal(value)),
				exportVariable: (name, value) => exportVariable(name, reveal(value)),
				saveState: (name, value) => saveState(name, reveal(value)),
				state: (name) => getState(name),
				writeSummary: (markdown) =>
					(0, external_node_fs_namespaceObject.appendFileSync)(process.env['GITHUB_STEP_SUMMARY'] ?? '', markdown),
				info: (line) => info(safe(line)),
				debug: (line) => core_debug(safe(line)),
				notice: (line) =>
					notice(safe(line), {
						title: TITLE,
					}),
				warning: (line) =>
					warning(safe(line), {
						title: TITLE,
					}),
				error: (line) =>
					error(safe(line), {
						title: TITLE,
					}),
				onCancel: (listener) => {
					process.on('SIGINT', listener);
					process.on('SIGTERM', listener);
				},
			};
		}
		async function run(step, failure = 'error') {
			let runner = openRunner();
			let code = 'error' === failure ? 1 : 0;
			let fail = (error) => {
				runner[failure]((0, errors.Uc)(error));
				return exit(code);
			};
			process.stdout.on('error', () => process.exit(code));
			process.on('uncaughtException', fail);
			await step(runner).then(() => exit(0), fail);
		}
		async function exit(code) {
			await new Promise((resolve) => process.stdout.write('', () => resolve()));
			if (0 !== code && (0, dns.O)()) process.kill(process.pid, 'SIGKILL');
			process.exit(code);
		}
		function reveal(value) {
			return value instanceof secrets_secret.zh ? value.reveal() : value;
		}
		function readPayload(path1) {
			try {
				return JSON.parse((0, external_node_fs_namespaceObject.readFileSync)(path1 ?? '', 'utf8'));
			} catch {
				return;
			}
		}
		function fileFault(path1) {
			if (!path1) return 'is not set';
			try {
				(0, external_node_fs_namespaceObject.accessSync)(path1, external_node_fs_namespaceObject.constants.W_OK);
				return;
			} catch {
				return 'names a file that cannot be written';
			}
		}
	}),
	747: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			O: () => isLookupPending,
			S: () => sharedLookup,
		});
		let external_node_dns_namespaceObject = process.getBuiltinModule('node:dns');
		let pending = new Map();
		let sharedLookup = (hostname, options, callback) => {
			let key = JSON.stringify([hostname, options]);
			let waiting = pending.get(key);
			if (waiting) return void waiting.push(callback);
			let callbacks = [callback];
			pending.set(key, callbacks);
			external_node_dns_namespaceObject.lookup(hostname, options, (error, address, family) => {
				pending.delete(key);
				for (let settle of callbacks) settle(error, address, family);
			});
		};
		function isLookupPending() {
			return pending.size > 0;
		}
	}),
	145: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			J: () => environmentFaults1,
			W: () => proxySecrets,
		});
		var _inputs_urls_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(695);
		let PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];
		function environmentFaults1(env, targets) {
			let faults = [];
			if (env['NODE_DEBUG'])
				faults.push('NODE_DEBUG is set and could print the secret and the token: remove it from `env`');
			if (
				'0' === env['NODE_TLS_REJECT_UNAUTHORIZED'] &&
				!targets.every(_inputs_urls_js__WEBPACK_IMPORTED_MODULE_0__.U9)
			)
				faults.push(
					'NODE_TLS_REJECT_UNAUTHORIZED is 0, and would hand the secret to whoever answers: remove it, and name a private CA in NODE_EXTRA_CA_CERTS',
				);
			for (let name of PROXY_VARIABLES) {
				let value = env[name];
				if (value && !parseProxy(value))
					faults.push(`${name} is not a proxy address: write it as http://host:port or http://user:password@host:port`);
			}
			return faults;
		}
		function proxySecrets(env) {
			let found = PROXY_VARIABLES.flatMap((name) => {
				let secret = secretOf(env[name] ?? '');
				return [secret, decode(secret) ?? ''];
			});
			return [...new Set(found)].filter((secret) => '' !== secret);
		}
		function parseProxy(value) {
			let url = URL.canParse(value) ? new URL(value) : void 0;
			let usable =
				void 0 !== url &&
				/^https?:/.test(url.protocol) &&
				void 0 !== decode(url.username) &&
				void 0 !== decode(url.password);
			return usable ? url : void 0;
		}
		function secretOf(value) {
			let userInfo = /^(?:https?:|\w+:(?=[\\/]))?[\\/]*(.*)@/s.exec(value)?.[1] ?? '';
			return userInfo.slice(userInfo.indexOf(':') + 1);
		}
		function decode(value) {
			try {
				return decodeURIComponent(value);
			} catch {
				return;
			}
		}
	}),
	739: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			c: () => exchange,
		});
		let external_node_http_namespaceObject = process.getBuiltinModule('node:http');
		let external_node_https_namespaceObject = process.getBuiltinModule('node:https');
		let external_node_net_namespaceObject = process.getBuiltinModule('node:net');
		var lib = __nccwpck_require__(750);
		var errors = __nccwpck_require__(972);
		var redact = __nccwpck_require__(200);
		var dns = __nccwpck_require__(747);
		let TRUST_HINT =
			'If your proxy or gateway uses a private CA, set `NODE_EXTRA_CA_CERTS` to its PEM file in the `env` of the job';
		let FAILURES = [
			{
				codes: /^(ENOTFOUND|EAI_\w+)$/,
				topic: 'host-not-found',
				transient: true,
				message: (host, code) => `the name ${host} cannot be resolved (${code})`,
				hint: 'Check `ims-url` and `verify-url` if they are set, and the DNS of this runner',
			},
			{
				codes: /^ECONNREFUSED$/,
				topic: 'connection-refused',
				transient: true,
				message: (host, code) => `${host} refuses the connection (${code})`,
				hint: 'Check that the firewall lets this runner reach that host and port',
			},
			{
				codes: /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
				topic: 'certificate-refused',
				transient: false,
				message: (host, code) => `the certificate of ${host} is expired or not yet valid (${code})`,
				hint: 'Check the clock of this runner, and which proxy or gateway presents this certificate',
			},
			{
				codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
				topic: 'certificate-refused',
				transient: false,
				message: (host, code) => `the certificate that ${host} presents is for another host (${code})`,
				hint: 'Check which proxy or gateway answered instead of it',
			},
			{
				codes: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/,
				topic: 'certificate-refused',
				transient: false,
				message: (host, code) => `the certificate of ${host} is self-signed (${code})`,
				hint: TRUST_HINT,
			},
			{
				codes: /CERT|^UNABLE_TO_|^CRL_|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_|^HOSTNAME_MISMATCH$/,
				topic: 'certificate-refused',
				transient: false,
				message: (host, code) => `the certificate of ${host} is not trusted (${code})`,
				hint: TRUST_HINT,
			},
			{
				codes: /^(EPROTO|ERR_SSL_\w+)$/,
				topic: 'tls-failed',
				transient: true,
				message: (host, code) => `the TLS handshake with ${host} failed (${code})`,
				hint: 'Check that the server speaks HTTPS on that port, and whether a proxy or gateway answered instead of it',
			},
			{
				codes: /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT)$/,
				topic: 'host-unreachable',
				transient: true,
				message: (host, code) => `${host} cannot be reached (${code})`,
				hint: 'Check the network of this runner; if it needs a proxy, set `https_proxy`',
			},
			{
				codes: /^HPE_/,
				topic: 'connection-lost',
				transient: true,
				message: (host, code) => `the answer from ${host} is not HTTP (${code})`,
				hint: 'Check which proxy or gateway answered instead of it',
			},
		];
		let LOST = {
			codes: /^/,
			topic: 'connection-lost',
			transient: true,
			message: (host, code) => `the connection to ${host} was lost before a full answer had arrived (${code})`,
			hint: 'Re-run the job; if it keeps failing, find out what closes the connections of this runner',
		};
		function toNetworkError(error, url) {
			if ((0, errors.Bd)(error)) return error;
			return proxyFailure(error) ?? connectionFailure(error, url.host);
		}
		function connectionFailure(error, host) {
			let code = codeOf(error);
			let { message, ...advice } = FAILURES.find(({ codes }) => codes.test(code)) ?? LOST;
			return new errors.Dr(message(host, code), {
				...advice,
				cause: causeOf(code),
			});
		}
		function proxyFailure(error) {
			let message = error instanceof Error ? error.message : '';
			if (!/^(tunneling socket could not be established|got illegal response body from proxy)/.test(message)) return;
			let status = Number(/statusCode=(\d+)/.exec(message)?.[1] ?? 0);
			if (407 === status)
				return new errors.Dr('the proxy requires a valid user name and password (HTTP 407)', {
					topic: 'proxy-authentication',
					transient: false,
					hint: 'Check user and password in `https_proxy`; characters such as @ and : must be percent-encoded there',
					cause: causeOf('HTTP 407'),
				});
			if (/certificate|altnames/i.test(message))
				return new errors.Dr('the certificate of the proxy is not trusted', {
					topic: 'certificate-refused',
					transient: false,
					hint: TRUST_HINT,
					cause: causeOf('proxy certificate'),
				});
			let code = status > 0 ? `HTTP ${status}` : (/\bE[A-Z_]{3,}\b/.exec(message)?.[0] ?? 'no reason given');
			return new errors.Dr(`the proxy did not open a tunnel (${code})`, {
				topic: 'proxy-failed',
				transient: 0 === status || (0, errors.Dm)(status),
				hint: 'Check `https_proxy`, and that the proxy allows this host; `no_proxy` names the hosts to reach without it',
				cause: causeOf(code),
			});
		}
		function codeOf(error) {
			let code = error instanceof Error && 'code' in error ? String(error.code) : '';
			return /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : 'no error code';
		}
		function causeOf(code) {
			return new Error(code);
		}
		let MAX_BODY_BYTES = 262144;
		async function exchange(request, limitMs) {
			let client = new lib.Qq(void 0, void 0, {
				socketTimeout: Math.ceil(limitMs) + 1000,
			});
			let connection = {};
			let deadline = Promise.withResolvers();
			let timer = setTimeout(() => deadline.reject(timedOut(limitMs)), limitMs);
			try {
				let answer = send(client, request, connection);
				return await Promise.race([deadline.promise, answer]).catch((error) => {
					throw toNetworkError(error, new URL(request.url));
				});
			} finally {
				clearTimeout(timer);
				connection.over = true;
				connection.answer?.destroy();
				client.dispose();
			}
		}
		async function send(client, request, connection) {
			let info = toRequestInfo(client, request);
			let { message } = await client.requestRaw(info, request.body ?? null);
			connection.answer = message;
			if (connection.over) message.destroy();
			let status = Number(message.statusCode);
			let body = status >= 300 && status < 400 ? '' : await readBody(message, status);
			return {
				status,
				headers: message.headers,
				body,
			};
		}
		function readBody(message, status) {
			let success = status < 300;
			let encoding = message.headers['content-encoding'] ?? 'identity';
			return new Promise((resolve, reject) => {
				if (success && 'identity' !== encoding) reject(encoded());
				let chunks = [];
				let size = 0;
				let finish = () => resolve('identity' === encoding ? Buffer.concat(chunks).toString('utf8') : '');
				message.on('data', (chunk) => {
					size += chunk.length;
					if (size <= MAX_BODY_BYTES) chunks.push(chunk);
					else if (success) reject(tooLarge());
					else finish();
				});
				message.on('end', finish);
				message.on('error', reject);
			});
		}
		function toRequestInfo(client, { method, url, headers }) {
			let parsedUrl = new URL(url);
			return {
				parsedUrl,
				httpModule:
					'https:' === parsedUrl.protocol ? external_node_https_namespaceObject : external_node_http_namespaceObject,
				options: {
					method,
					host: unbracket(parsedUrl.hostname),
					port: parsedUrl.port || ('https:' === parsedUrl.protocol ? 443 : 80),
					path: parsedUrl.pathname + parsedUrl.search,
					headers: {
						...headers,
						'accept-encoding': 'identity',
						'user-agent': 'adobe-ims-token-action',
					},
					agent: mendProxy(client.getAgent(url)),
					lookup: dns.S,
				},
			};
		}
		function mendProxy(agent) {
			if ('proxyOptions' in agent) {
				let proxy = Object(agent.proxyOptions);
				let host = unbracket(String(proxy.host));
				Object.assign(proxy, {
					host,
					lookup: dns.S,
					servername: (0, external_node_net_namespaceObject.isIP)(host) ? '' : host,
				});
			}
			return agent;
		}
		function unbracket(hostname) {
			return hostname.replace(/[[\]]/g, '');
		}
		function timedOut(limitMs) {
			return new errors.MU(`no full answer within ${(0, redact.YA)(limitMs)}`, {
				topic: 'timeout',
				hint: 'Check whether the network or a proxy delays the connection, or raise `timeout`',
			});
		}
		function tooLarge() {
			return new errors.o3(`the answer is larger than ${MAX_BODY_BYTES / 1024} KiB`, {
				topic: 'malformed-answer',
				hint: errors.G9,
			});
		}
		function encoded() {
			return new errors.o3('the answer is compressed, which the request ruled out', {
				topic: 'malformed-answer',
				hint: 'A proxy or gateway between this runner and Adobe probably changed it: check `https_proxy`',
			});
		}
	}),
	902: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			LH: () => withRetries1,
			Vs: () => retryAfterMs,
		});
		var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(972);
		var _secrets_redact_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(200);
		let BASE_DELAY_MS = 500;
		let MAX_DELAY_MS = 10_000;
		let MAX_ATTEMPT_MS = 30_000;
		let MIN_ATTEMPT_MS = 1_000;
		async function withRetries1(task, attempt, policy) {
			let { clock, maxAttempts, deadlineMs, stopped } = policy;
			for (let attempts = 1; ; attempts += 1) {
				let startedMs = clock.elapsed();
				let log = (outcome) =>
					policy.debug(
						`attempt ${attempts} of ${maxAttempts}: ${outcome} (${(0, _secrets_redact_js__WEBPACK_IMPORTED_MODULE_1__.YA)(clock.elapsed() - startedMs)})`,
					);
				try {
					let value = await attempt(attemptLimitMs(deadlineMs - startedMs, maxAttempts - attempts + 1));
					log('succeeded');
					return {
						value,
						attempts,
					};
				} catch (error) {
					if (!(0, _errors_js__WEBPACK_IMPORTED_MODULE_0__.Bd)(error)) throw error;
					let next = planNext(error, attempts, deadlineMs - clock.elapsed(), policy);
					if ('stop' in next) {
						log(error.message);
						error.trail = {
							task,
							attempts,
							gaveUp: next.stop,
						};
						throw error;
					}
					log(`${error.message}; next try in ${(0, _secrets_redact_js__WEBPACK_IMPORTED_MODULE_1__.YA)(next.waitMs)}`);
					await clock.sleep(next.waitMs);
					let reason = stopped();
					if (reason) {
						error.trail = {
							task,
							attempts,
							gaveUp: reason,
						};
						throw error;
					}
				}
			}
		}
		function attemptLimitMs(leftMs, attemptsLeft) {
			let left = Math.max(leftMs, 1);
			if (1 === attemptsLeft) return left;
			return Math.min(left, MAX_ATTEMPT_MS, Math.max(left / 2, MIN_ATTEMPT_MS));
		}
		function delayMs(attempts, floorMs, leftMs, random) {
			let ceilingMs = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** (attempts - 1));
			return floorMs + Math.min(random() * ceilingMs, (leftMs - floorMs) / 2);
		}
		function planNext(error, attempts, leftMs, { maxAttempts, clock, stopped }) {
			if (!(0, _errors_js__WEBPACK_IMPORTED_MODULE_0__.dg)(error) || attempts === maxAttempts)
				return {
					stop: void 0,
				};
			let reason = stopped();
			if (reason)
				return {
					stop: reason,
				};
			let floorMs = 'HTTP' === error.code ? error.retryAfterMs : 0;
			if (floorMs > 0 && floorMs >= leftMs) {
				let left = (0, _secrets_redact_js__WEBPACK_IMPORTED_MODULE_1__.YA)(Math.max(leftMs, 0));
				return {
					stop: `the server asks to wait ${(0, _secrets_redact_js__WEBPACK_IMPORTED_MODULE_1__.YA)(floorMs)}, and the step has ${left} left`,
				};
			}
			if (leftMs <= 0)
				return {
					stop: `no time left for attempt ${attempts + 1} of ${maxAttempts}`,
				};
			return {
				waitMs: delayMs(attempts, floorMs, leftMs, clock.random),
			};
		}
		let ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}$/;
		function retryAfterMs(headers, nowMs) {
			let value = headers['retry-after']?.trim() ?? '';
			if (/^\d+$/.test(value)) return 1000 * Number(value);
			let date = ASCTIME.test(value) ? `${value} GMT` : value;
			if (!/^[A-Z][a-z]{2}.* GMT$/.test(date)) return 0;
			let sentMs = Date.parse(headers.date ?? '');
			let waitMs = Date.parse(date) - (Number.isNaN(sentMs) ? nowMs : sentMs);
			return Math.max(waitMs, 0) || 0;
		}
	}),
	165: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			Fg: () => parseScopes,
			HU: () => parseChoice,
			Q0: () => parseClientId,
			T2: () => isScope,
			VT: () => parseOrgId,
			XI: () => parseEnvPrefix,
			bj: () => parseAllowedUrl1,
			dC: () => parseSecrets,
			nQ: () => secretFault,
			tB: () => parseHosts1,
			yG: () => parseBoolean,
			z2: () => parseWhole1,
		});
		var _secrets_secret_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(793);
		var _spelling_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(775);
		var _urls_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(695);
		let RESERVED_PREFIX =
			/^(ACTIONS|AGENT|BASH|CI|DYLD|ENV|GITHUB|HOME|IFS|INPUT|LANG|LC|LD|NODE|NPM|PATH|PWD|RUNNER|SHELL|SSL|STATE|SUDO|SYSTEM|USER|ZSH)(_|$)/i;
		let MAX_CLIENT_ID_LENGTH = 256;
		let MIN_SECRET_LENGTH = 8;
		function parseBoolean(raw) {
			if (/^(true|True|TRUE)$/.test(raw))
				return {
					value: true,
				};
			if (/^(false|False|FALSE)$/.test(raw))
				return {
					value: false,
				};
			return {
				fault: 'is neither true nor false',
			};
		}
		function parseWhole1(raw, min, max) {
			let value = /^\d+$/.test(raw) ? Number(raw) : 0 / 0;
			return value >= min && value <= max
				? {
						value,
					}
				: {
						fault: `is not a whole number from ${min} to ${max}`,
					};
		}
		function parseChoice(raw, choices) {
			let value = choices.find((choice) => choice === raw);
			if (void 0 !== value)
				return {
					value,
				};
			let near = (0, _spelling_js__WEBPACK_IMPORTED_MODULE_1__.p)(raw.toLowerCase(), choices);
			let allowed = `allowed: ${choices.join(', ')}`;
			return {
				fault: near ? `is unknown: did you mean ${near}? (${allowed})` : `is unknown (${allowed})`,
			};
		}
		function parseScopes(raw) {
			let scopes = [...new Set(raw.split(/[\s,]/).filter((scope) => '' !== scope))];
			if (0 === scopes.length)
				return {
					fault: 'names no scope',
				};
			let bad = scopes.filter((scope) => !isScope(scope));
			return bad.length > 0
				? {
						fault: 'has a character that no scope may have: printable ASCII without " and \\ is allowed',
					}
				: {
						value: scopes,
					};
		}
		function isScope(text) {
			return /^[!#-[\]-~]+$/.test(text);
		}
		function parseClientId(raw) {
			return /^[!-~]+$/.test(raw) && raw.length <= MAX_CLIENT_ID_LENGTH
				? {
						value: raw,
					}
				: {
						fault: `is not a client ID: at most ${MAX_CLIENT_ID_LENGTH} printable ASCII characters without spaces are allowed`,
					};
		}
		function parseSecrets(raw) {
			let seen = new Set(['']);
			return raw.split(/\r\n|\r|\n/).flatMap((text, index) => {
				let value = text.trim();
				if (seen.has(value)) return [];
				seen.add(value);
				return [
					{
						line: index + 1,
						secret: new _secrets_secret_js__WEBPACK_IMPORTED_MODULE_0__.zh(value),
					},
				];
			});
		}
		function secretFault(secret) {
			let value = secret.reveal();
			if (!/^[!-~]+$/.test(value))
				return 'has characters other than printable ASCII without spaces: copy the secret again';
			return value.length < MIN_SECRET_LENGTH
				? `is shorter than ${MIN_SECRET_LENGTH} characters: copy the secret again`
				: void 0;
		}
		function parseEnvPrefix(raw) {
			if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(raw))
				return {
					fault: 'is not a variable name: letters, digits and _ are allowed, no digit first',
				};
			return RESERVED_PREFIX.test(raw)
				? {
						fault: 'is reserved for the runner, Node.js or a shell: choose another',
					}
				: {
						value: raw,
					};
		}
		function parseOrgId(raw) {
			return /^[!-~]{1,256}$/.test(raw)
				? {
						value: raw,
					}
				: {
						fault: 'is not an organization ID: it looks like 1234567890ABCDEF@AdobeOrg',
					};
		}
		function parseAllowedUrl1(raw, rules) {
			let url = (0, _urls_js__WEBPACK_IMPORTED_MODULE_2__.Dl)(raw, rules);
			if ('string' == typeof url)
				return {
					fault: url,
				};
			return {
				value: 'refused' === rules.query ? url.href.replace(/\/+$/, '') : url.href,
			};
		}
		function parseHosts1(raw) {
			let hosts = raw
				.split(/[\s,]/)
				.filter((host) => '' !== host)
				.map(_urls_js__WEBPACK_IMPORTED_MODULE_2__.o6);
			let known = hosts.filter((host) => void 0 !== host);
			return known.length === hosts.length
				? {
						value: known,
					}
				: {
						fault: 'is not a list of host names: give them without scheme, port, path or wildcard',
					};
		}
	}),
	775: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			I: () => misspelt,
			p: () => nearest,
		});
		function misspelt(env, names, redact) {
			let unknown = Object.keys(env)
				.filter((key) => key.startsWith('INPUT_'))
				.map((key) => key.slice(6).toLowerCase())
				.filter((given) => !names.includes(given));
			return unknown.flatMap((given) => {
				let meant = meantInput(given, names);
				return meant ? [`${redact(given, 80)} is not an input of this action: did you mean ${meant}?`] : [];
			});
		}
		function nearest(word, candidates) {
			let allowed = word.length > 5 ? 2 : 1;
			return candidates
				.map((candidate) => ({
					candidate,
					distance: editDistance(word, candidate),
				}))
				.filter(({ distance }) => distance <= allowed)
				.sort((a, b) => a.distance - b.distance)[0]?.candidate;
		}
		function meantInput(word, names) {
			let bare = (name) => name.replace(/[-_ ]/g, '');
			let near = nearest(bare(word), names.map(bare));
			return names.find((name) => bare(name) === near);
		}
		function editDistance(a, b) {
			let before = [];
			let previous = Array.from(
				{
					length: b.length + 1,
				},
				(_, index) => index,
			);
			for (let i = 1; i <= a.length; i += 1) {
				let row = [i];
				for (let j = 1; j <= b.length; j += 1) {
					let same = a[i - 1] === b[j - 1];
					let edits = [at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + (same ? 0 : 1)];
					if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits.push(at(before, j - 2) + 1);
					row.push(Math.min(...edits));
				}
				[before, previous] = [previous, row];
			}
			return at(previous, b.length);
		}
		function at(row, index) {
			return Number(row[index]);
		}
	}),
	695: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			Dl: () => parseUrl,
			U9: () => isLoopback,
			bv: () => presentUrl,
			o6: () => parseHost,
			u_: () => PRODUCTION_IMS_URL,
		});
		let ADOBE_DOMAINS = ['adobelogin.com', 'adobe.io', 'adobe.com'];
		let PRODUCTION_IMS_URL = 'https://ims-na1.adobelogin.com';
		function parseUrl(value, { allowedHosts, query }) {
			if (!/^[!-~]+$/.test(value) || value.includes('\\')) return 'has characters that a URL cannot have';
			let url = URL.canParse(value) ? new URL(value) : void 0;
			if (!url) return 'is not a URL: it must begin with https:// and a host name';
			if (url.username || url.password) return 'must not contain a user name or password';
			if (value.includes('#')) return 'must not contain a fragment';
			if ('refused' === query && value.includes('?')) return 'must not contain a query: give the base URL alone';
			if (isLoopback(url) && /^https?:/.test(url.protocol)) return url;
			if ('https:' !== url.protocol) return 'is not an https: URL; http: is for loopback addresses only';
			if (!isAllowedHost(url.hostname, allowedHosts))
				return "names a host that is neither Adobe's nor in allowed-hosts: add the host there if you trust it with your credentials";
			return url;
		}
		function parseHost(value) {
			let isBare = /^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])$/.test(value);
			let address = `https://${value}/`;
			let hostname = isBare && URL.canParse(address) ? new URL(address).hostname : void 0;
			return hostname === value.toLowerCase() ? hostname : void 0;
		}
		function isLoopback({ hostname }) {
			return 'localhost' === hostname || '[::1]' === hostname || /^127\.\d+\.\d+\.\d+$/.test(hostname);
		}
		function presentUrl(value) {
			let rest = value.replace(/^(?:[a-z][a-z0-9+.-]*:)?[\\/]*/i, '');
			let lead = value.slice(0, value.length - rest.length);
			let host = rest.slice(rest.lastIndexOf('@') + 1);
			return (lead + host).replace(/[?#].*/s, '');
		}
		function isAllowedHost(hostname, allowedHosts) {
			return (
				allowedHosts.includes(hostname) ||
				ADOBE_DOMAINS.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`))
			);
		}
	}),
	730: ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.a(
			module,
			async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
				try {
					var _clock_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(373);
					var _github_runner_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(668);
					var _http_exchange_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(739);
					var _steps_provide_token_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(528);
					await (0, _github_runner_js__WEBPACK_IMPORTED_MODULE_1__.e)((runner) =>
						(0, _steps_provide_token_js__WEBPACK_IMPORTED_MODULE_3__.N)(
							runner,
							_clock_js__WEBPACK_IMPORTED_MODULE_0__.m,
							_http_exchange_js__WEBPACK_IMPORTED_MODULE_2__.c,
						),
					);
					__webpack_async_result__();
				} catch (e) {
					__webpack_async_result__(e);
				}
			},
			1,
		);
	}),
	200: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			$p: () => redactor1,
			U9: () => count,
			VP: () => defuse,
			YA: () => seconds,
			p_: () => list,
		});
		var _secret_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(793);
		let PIECE_LENGTH = 8;
		let READ_LENGTH = 2000;
		let SHOWN_LENGTH = 200;
		function redactor1(secrets) {
			let forms;
			return (text, maxLength = SHOWN_LENGTH) => {
				forms ??= secrets.flatMap((secret) => formsOf(secret.reveal()));
				return cut(defuse(hidePieces(flatten(text), forms)), maxLength);
			};
		}
		function defuse(text) {
			return text.replace(/:(?=:)/g, ': ').replace(/#(?=#\[)/g, '# ');
		}
		function count(quantity, noun) {
			return `${quantity} ${noun}${1 === quantity ? '' : 's'}`;
		}
		function list(items) {
			let head = items.slice(0, -1).join(', ');
			return `${head && `${head} and `}${items.at(-1) ?? ''}`;
		}
		function seconds(ms) {
			let value = ms / 1000;
			return `${value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0)} s`;
		}
		function flatten(text) {
			return text
				.slice(0, READ_LENGTH)
				.replace(/[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\s]+/gu, ' ')
				.trim();
		}
		function cut(text, maxLength) {
			if (text.length <= maxLength) return text;
			return `${text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…`;
		}
		function formsOf(value) {
			let base64 = ['', ' ', '  '].map((shift) =>
				Buffer.from(shift + value)
					.toString('base64')
					.replace(/=+$/, ''),
			);
			let encoded = (0, _secret_js__WEBPACK_IMPORTED_MODULE_0__.wV)(
				new _secret_js__WEBPACK_IMPORTED_MODULE_0__.zh(value),
			).map((form) => form.reveal());
			return [value, ...encoded, ...base64, ...base64.map(toBase64Url)];
		}
		function toBase64Url(base64) {
			return base64.replaceAll('+', '-').replaceAll('/', '_');
		}
		function hidePieces(text, forms) {
			let shown = '';
			let hiddenUntil = 0;
			for (let at = 0; at < text.length; at += 1) {
				let piece = text.slice(at, at + PIECE_LENGTH);
				if (piece.length === PIECE_LENGTH && forms.some((form) => form.includes(piece))) {
					if (hiddenUntil <= at) shown += '***';
					hiddenUntil = at + PIECE_LENGTH;
				}
				if (hiddenUntil <= at) shown += text.charAt(at);
			}
			return shown;
		}
	}),
	793: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			Xm: () => unmasked,
			wV: () => encodedForms,
			zh: () => Secret1,
		});
		function unmasked(value) {
			return value;
		}
		let PLACEHOLDER = '***';
		class Secret1 {
			#value;
			constructor(value) {
				this.#value = value;
			}
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
		function encodedForms(secret) {
			let value = secret.reveal();
			let component = encodeURIComponent(value.toWellFormed());
			let form = component
				.replaceAll('%20', '+')
				.replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
			let forms = new Set([component, form]);
			forms.delete(value);
			return [...forms].map((encoded) => new Secret1(encoded));
		}
	}),
	732: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			T1: () => call,
			lF: () => sessionRedactor,
		});
		var _http_retry_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(902);
		var _inputs_urls_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(695);
		var _secrets_redact_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(200);
		function call({ inputs, runner, clock, exchange, cancellation }, task, request, read) {
			return (0, _http_retry_js__WEBPACK_IMPORTED_MODULE_0__.LH)(
				task,
				async (limitMs) => read(await exchange(request, limitMs)),
				{
					maxAttempts: inputs.maxAttempts,
					deadlineMs: inputs.timeoutMs,
					clock,
					debug: (line) => runner.debug(`${describeRequest1(request)}: ${line}`),
					stopped: cancellation.stopped,
				},
			);
		}
		function describeRequest1({ method, url }) {
			return `${method} ${(0, _inputs_urls_js__WEBPACK_IMPORTED_MODULE_2__.bv)(url)}`;
		}
		function sessionRedactor({ inputs }, ...others) {
			return (0, _secrets_redact_js__WEBPACK_IMPORTED_MODULE_1__.$p)([
				...others,
				...inputs.clientSecrets.map(({ secret }) => secret),
			]);
		}
	}),
	528: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			N: () => provideToken,
		});
		var errors = __nccwpck_require__(972);
		function withheldBecause({ name, actor, payload }) {
			if (/^pull_request(_review|_review_comment)?$/.test(name) && isForksPullRequest(payload))
				return 'fork-pull-request';
			if ('dependabot[bot]' === actor) return 'dependabot';
			return true === field(payload, 'repository', 'fork') ? 'fork' : void 0;
		}
		function concernsForksCode({ name, payload }) {
			if ('pull_request_target' === name) return isForksPullRequest(payload);
			if ('workflow_run' !== name) return false;
			let head = field(payload, 'workflow_run', 'head_repository', 'full_name');
			return head !== field(payload, 'repository', 'full_name');
		}
		function isForksPullRequest(payload) {
			let base = field(payload, 'pull_request', 'base', 'repo', 'full_name');
			return void 0 !== base && field(payload, 'pull_request', 'head', 'repo', 'full_name') !== base;
		}
		function field(value, ...path1) {
			return path1.reduce(
				(inner, key) => ('object' == typeof inner && null !== inner && Object.hasOwn(inner, key) ? inner[key] : void 0),
				value,
			);
		}
		var secrets_redact = __nccwpck_require__(200);
		let FIREFLY_SCOPES = [
			'openid',
			'AdobeID',
			'session',
			'additional_info',
			'read_organizations',
			'firefly_api',
			'ff_apis',
		];
		let SERVICES = {
			firefly: {
				scopes: FIREFLY_SCOPES,
				envPrefix: 'FIREFLY_SERVICES',
				verifyUrl: 'https://firefly-api.adobe.io/v3/custom-models',
			},
			'firefly-enterprise': {
				scopes: ['openid', 'AdobeID', 'firefly_enterprise'],
				envPrefix: 'FIREFLY_SERVICES',
			},
			photoshop: {
				scopes: ['openid', 'AdobeID', 'firefly_api', 'ff_apis'],
				envPrefix: 'PS_FF_SERVICES',
				verifyUrl: 'https://image.adobe.io/pie/psdService/hello',
			},
			lightroom: {
				scopes: ['openid', 'AdobeID', 'read_organizations'],
				envPrefix: 'LR_FF_SERVICES',
			},
			'custom-models': {
				scopes: ['openid', 'AdobeID', 'firefly_api', 'ff_apis'],
				envPrefix: 'CUSTOM_MODELS',
				verifyUrl: 'https://firefly-api.adobe.io/v3/custom-models',
			},
			'audio-video': {
				scopes: ['openid', 'AdobeID', 'firefly_api', 'ff_apis'],
				envPrefix: 'FIREFLY_SERVICES',
				verifyUrl: 'https://audio-video-api.adobe.io/v1/voices',
			},
			indesign: {
				scopes: ['openid', 'AdobeID', 'indesign_services', 'creative_cloud', 'creative_sdk'],
				envPrefix: 'FIREFLY_SERVICES',
				verifyUrl: 'https://indesign.adobe.io/v3/app-versions',
			},
			illustrator: {
				scopes: ['openid', 'AdobeID', 'ff_apis', 'firefly_enterprise', 'illustrator_services_beta'],
				envPrefix: 'ILLUSTRATOR_API',
			},
			'substance-3d': {
				scopes: [
					'openid',
					'AdobeID',
					'read_organizations',
					'email',
					'firefly_api',
					'firefly_enterprise',
					'profile',
					'substance3d_api.spaces.create',
					'substance3d_api.jobs.create',
				],
				envPrefix: 'S3D_FF_SERVICES',
			},
			'workflow-builder': {
				scopes: FIREFLY_SCOPES,
				envPrefix: 'WFB',
				verifyUrl: 'https://run-workflow.adobe.io/batches',
			},
			'content-tagging': {
				scopes: ['openid', 'AdobeID', 'session', 'additional_info'],
				envPrefix: 'CONTENT_TAGGING',
			},
		};
		let SERVICE_NAMES = Object.keys(SERVICES);
		let DEFAULT_SERVICE = 'firefly';
		var environment = __nccwpck_require__(145);
		var urls = __nccwpck_require__(695);
		let MIN_SEALING_SECRET_LENGTH = 20;
		function contradictions(inputs, source) {
			let faults = [];
			if (inputs.seal && inputs.revoke)
				faults.push('seal and revoke are both true: a sealed token is of no use once it is revoked');
			if (inputs.seal && inputs.clientSecrets.some(({ secret }) => secret.reveal().length < MIN_SEALING_SECRET_LENGTH))
				faults.push(
					`seal is true, and a client secret is shorter than ${MIN_SEALING_SECRET_LENGTH} characters: too short to seal a token with`,
				);
			let foreign = inputs.imsUrl !== urls.u_ && '' === source.input('verify-url');
			if ('service' === inputs.verify && void 0 !== inputs.verifyUrl && foreign)
				faults.push(
					"verify is service, and ims-url is not Adobe's production: set verify-url to the service's address in that environment, since Adobe's production services refuse tokens from elsewhere",
				);
			return faults;
		}
		function surroundingFaults(inputs, { env, fileFault }) {
			let called = 'service' === inputs.verify && inputs.verifyUrl ? [inputs.verifyUrl] : [];
			let targets = [inputs.imsUrl, ...called].map((url) => new URL(url));
			let written = [
				'GITHUB_OUTPUT',
				...(inputs.exportEnv || inputs.revoke ? ['GITHUB_ENV'] : []),
				...(inputs.revoke ? ['GITHUB_STATE'] : []),
				...(inputs.summary ? ['GITHUB_STEP_SUMMARY'] : []),
			];
			let unwritable = written.flatMap((name) => {
				let fault = fileFault(name);
				return fault ? [`${name} ${fault}: run this action as a step of a GitHub workflow`] : [];
			});
			return [...(0, environment.J)(env, targets), ...unwritable];
		}
		let REASONS = {
			'fork-pull-request': 'this run is for a pull request from a fork, and GitHub gives those no secrets',
			dependabot:
				'Dependabot started this run, which gets only the secrets under Settings > Secrets and variables > Dependabot',
			fork: 'this repository is a fork, and secrets stay with the original: add your own under Settings > Secrets and variables > Actions',
		};
		let USUAL =
			'check that the name in `secrets.NAME` is that of a repository or organization secret that this repository may use; an environment secret needs `environment:` on the job, and a reusable workflow needs `secrets:` from its caller';
		function missingCredentials(names, withheld) {
			let subject = 1 === names.length ? `${names.join()} is empty` : `${names.join(' and ')} are empty`;
			return `${subject}: ${withheld ? REASONS[withheld] : USUAL}`;
		}
		function missingCredentialsFault(names, withheld) {
			let advice = withheld ? '; with `on-missing-credentials: skip` the step succeeds there without a token' : '';
			return `${missingCredentials(names, withheld)}${advice}`;
		}
		var parsers = __nccwpck_require__(165);
		var spelling = __nccwpck_require__(775);
		let INPUT_NAMES = [
			'client-id',
			'client-secret',
			'service',
			'scope',
			'export-env',
			'env-prefix',
			'verify',
			'verify-url',
			'seal',
			'sealed-token',
			'min-validity',
			'revoke',
			'on-missing-credentials',
			'summary',
			'timeout',
			'max-attempts',
			'org-id',
			'ims-url',
			'allowed-hosts',
		];
		function read_givenSecrets(source) {
			return (0, parsers.dC)(
				source.input('client-secret', {
					trimWhitespace: false,
				}),
			);
		}
		function readInputs(source) {
			let clientSecrets = read_givenSecrets(source);
			let redact = (0, secrets_redact.$p)(clientSecrets.map(({ secret }) => secret));
			let faults = (0, spelling.I)(source.env, INPUT_NAMES, redact);
			function read(name, fallback, parse) {
				let raw = source.input(name);
				if ('' === raw) return fallback;
				let parsed = parse(raw);
				if ('value' in parsed) return parsed.value;
				let shown = URL_INPUTS.includes(name) ? (0, urls.bv)(raw) : raw;
				faults.push(`${name} "${redact(shown, 80)}" ${parsed.fault}`);
				return fallback;
			}
			let readBoolean = (name, fallback) => read(name, fallback, parsers.yG);
			let readWhole = (name, fallback, min, max) => read(name, fallback, (raw) => (0, parsers.z2)(raw, min, max));
			let serviceName = read('service', DEFAULT_SERVICE, (raw) => (0, parsers.HU)(raw, SERVICE_NAMES));
			let service = SERVICES[serviceName];
			let allowedHosts = read('allowed-hosts', [], parsers.tB);
			let inputs = {
				clientId: read('client-id', '', parsers.Q0),
				clientSecrets: clientSecrets,
				serviceName,
				scopes: read('scope', service.scopes, parsers.Fg),
				exportEnv: readBoolean('export-env', true),
				envPrefix: read('env-prefix', service.envPrefix, parsers.XI),
				verify: read('verify', 'none', (raw) => (0, parsers.HU)(raw, ['none', 'token', 'service'])),
				verifyUrl: read('verify-url', service.verifyUrl, (raw) =>
					(0, parsers.bj)(raw, {
						allowedHosts,
						query: 'allowed',
					}),
				),
				seal: readBoolean('seal', false),
				sealedToken: source.input('sealed-token') || void 0,
				minValidityS: read('min-validity', void 0, (raw) => (0, parsers.z2)(raw, 0, MAX_MIN_VALIDITY_S)),
				revoke: readBoolean('revoke', false),
				summary: readBoolean('summary', false),
				timeoutMs: 1000 * readWhole('timeout', 60, 1, 3600),
				maxAttempts: readWhole('max-attempts', 4, 1, 10),
				orgId: read('org-id', void 0, parsers.VT),
				imsUrl: read('ims-url', urls.u_, (raw) =>
					(0, parsers.bj)(raw, {
						allowedHosts,
						query: 'refused',
					}),
				),
			};
			let onMissing = read('on-missing-credentials', 'fail', (raw) => (0, parsers.HU)(raw, ['fail', 'skip']));
			for (let { line, secret } of clientSecrets) {
				let fault = (0, parsers.nQ)(secret);
				if (fault) faults.push(`client-secret, line ${line}, ${fault}`);
			}
			faults.push(...contradictions(inputs, source), ...surroundingFaults(inputs, source));
			let missing = CREDENTIALS.filter((name) => '' === source.input(name));
			let withheld = missing.length > 0 ? withheldBecause(source.trigger()) : void 0;
			let skipped = 'skip' === onMissing && void 0 !== withheld;
			if (missing.length > 0 && !skipped) faults.unshift(missingCredentialsFault(missing, withheld));
			if (faults.length > 0)
				throw inputError(faults, missing.length > 0 && !skipped ? 'missing-credentials' : 'wrong-input');
			return skipped
				? {
						skipped: missingCredentials(missing, withheld),
					}
				: inputs;
		}
		let URL_INPUTS = ['ims-url', 'verify-url', 'allowed-hosts'];
		let CREDENTIALS = ['client-id', 'client-secret'];
		let MAX_MIN_VALIDITY_S = 172_800;
		function inputError(faults, topic) {
			let list = 1 === faults.length ? faults.join() : faults.map((f, i) => `(${i + 1}) ${f}`).join('; ');
			let head = 1 === faults.length ? 'Wrong input' : `${(0, secrets_redact.U9)(faults.length, 'wrong input')}`;
			return new errors.dz(`${head}: ${list}`, {
				topic,
				hint: 'Nothing was sent',
			});
		}
		var secret = __nccwpck_require__(793);
		let GRACE_MS = 5_000;
		function watchCancellation(runner, clock) {
			let cancelled = Promise.withResolvers();
			let graceOver = Promise.withResolvers();
			for (let { promise } of [cancelled, graceOver]) promise.catch(() => {});
			let isCancelled = false;
			runner.onCancel(() => {
				isCancelled = true;
				cancelled.reject(cancelledError());
				clock.sleep(GRACE_MS).then(() => graceOver.reject(cancelledError()));
			});
			return {
				stopped: () => (isCancelled ? 'the job was cancelled' : void 0),
				finish: (work) => Promise.race([work, graceOver.promise]),
				abandon: (work) => Promise.race([cancelled.promise, work]),
			};
		}
		let cancellation_NO_CANCELLATION = {
			stopped: () => void 0,
			finish: (work) => work,
			abandon: (work) => work,
		};
		function cancelledError() {
			return new errors.cc('The job was cancelled, so no token is published', {
				topic: 'cancelled',
				hint: 'If a token had already arrived, the post step revokes it',
			});
		}
		var requests = __nccwpck_require__(941);
		var context = __nccwpck_require__(732);
		function mintToken(session) {
			return mintWithAny(session, session.inputs.clientSecrets, []);
		}
		function warnOfRefusedSecrets({ runner }, { refusedLines, clientSecret }) {
			if (0 === refusedLines.length) return;
			let lines = `${1 === refusedLines.length ? 'line' : 'lines'} ${(0, secrets_redact.p_)(refusedLines)}`;
			runner.warning(
				`IMS refused ${lines} of client-secret and accepted line ${clientSecret.line}: remove what was refused from the GitHub secret, or replace it with a valid one from the Adobe Developer Console`,
			);
		}
		async function mintWithAny(session, [clientSecret, ...rest], refusedLines) {
			try {
				let { value, attempts } = await mintWith(session, clientSecret.secret);
				return {
					token: value,
					attempts,
					clientSecret,
					refusedLines,
				};
			} catch (error) {
				if (!(error instanceof errors.W5 && error.secretRefused)) throw error;
				let lines = [...refusedLines, clientSecret.line];
				let [next, ...others] = rest;
				let stopped = session.cancellation.stopped();
				if (next && !stopped) return mintWithAny(session, [next, ...others], lines);
				let refused = lines.length > 1 ? `IMS refused lines ${(0, secrets_redact.p_)(lines)} of client-secret` : void 0;
				error.trail = {
					...error.trail,
					gaveUp: stopped ?? refused,
				};
				throw error;
			}
		}
		function mintWith(session, secret) {
			let { inputs, runner, clock } = session;
			let redact = (0, context.lF)(session);
			return (0, context.T1)(
				session,
				`Could not get an access token from ${new URL(inputs.imsUrl).host}`,
				(0, requests.jE)({
					...inputs,
					secret,
				}),
				(response) =>
					(0, requests.jz)(response, {
						redact,
						mask: runner.mask,
						scopes: inputs.scopes,
						nowMs: clock.now(),
					}),
			);
		}
		var adobe_token = __nccwpck_require__(166);
		function renderSummary(inputs, publication, nowMs) {
			let { token, source, verified, attempts } = publication;
			let missing = (0, adobe_token['if'])(inputs.scopes, token);
			let rows = [
				['Service', code(inputs.serviceName)],
				...(inputs.imsUrl === urls.u_ ? [] : [['IMS', code(new URL(inputs.imsUrl).host)]]),
				['Client ID', code(inputs.clientId)],
				[
					'Scopes',
					[
						...token.scopes.map(code),
						...missing.map((scope) => `<del>${code(scope)}</del> (wanted, not granted)`),
					].join('<br>'),
				],
				['Source', escapeHtml(source)],
				[
					'Valid until',
					`${escapeHtml((0, adobe_token.nE)(token.expiresAtMs))} (${duration((0, adobe_token.Ch)(token.expiresAtMs, nowMs))})`,
				],
				['Verified', escapeHtml(verified)],
				['Attempts', escapeHtml(String(attempts))],
			];
			let body = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`);
			return `### Adobe IMS access token\n\n<table>${body.join('')}</table>\n\n`;
		}
		function duration(totalSeconds) {
			if (totalSeconds < 60) return `${totalSeconds} s`;
			let minutes = Math.floor(totalSeconds / 60);
			return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
		}
		function escapeHtml(text) {
			return text.replace(/[^A-Za-z0-9 .,:-]/gu, (character) => `&#${character.codePointAt(0)};`);
		}
		function code(text) {
			return `<code>${escapeHtml(text)}</code>`;
		}
		function publish(session, publication) {
			let { inputs, runner, clock } = session;
			let { token, source, verified, attempts, sealedToken } = publication;
			runner.onCancel(() => {});
			let outputs = {
				'access-token': token.value,
				'token-type': (0, secret.Xm)('bearer'),
				'expires-in': (0, secret.Xm)(String((0, adobe_token.Ch)(token.expiresAtMs, clock.now()))),
				'expires-at': (0, secret.Xm)((0, adobe_token.nE)(token.expiresAtMs)),
				scope: (0, secret.Xm)(token.scopes.join(',')),
				'client-id': (0, secret.Xm)(inputs.clientId),
				source: (0, secret.Xm)(source),
				verified: (0, secret.Xm)(verified),
				skipped: (0, secret.Xm)('false'),
				...(void 0 === sealedToken
					? {}
					: {
							'sealed-token': (0, secret.Xm)(sealedToken),
						}),
			};
			if (inputs.exportEnv) exportVariables(session, token);
			for (let [name, value] of Object.entries(outputs)) runner.output(name, value);
			if (inputs.summary) runner.writeSummary(renderSummary(inputs, publication, clock.now()));
			let got =
				'minted' === source
					? `Got an access token from ${new URL(inputs.imsUrl).host}`
					: 'Took the sealed access token';
			let checked = 'none' === verified ? '' : `, verified with ${'token' === verified ? 'IMS' : 'the service'}`;
			let times = attempts > 1 ? `, after ${(0, secrets_redact.U9)(attempts, 'attempt')}` : '';
			runner.info(
				`${got} for ${inputs.serviceName} (${token.scopes.join(',')}), valid until ${(0, adobe_token.nE)(token.expiresAtMs)}${checked}, in ${(0, secrets_redact.YA)(clock.elapsed())}${times}`,
			);
		}
		function variableNames(envPrefix) {
			return {
				token: `${envPrefix}_ACCESS_TOKEN`,
				clientId: `${envPrefix}_CLIENT_ID`,
			};
		}
		function warnOfMissingScopes({ inputs, runner }, token) {
			let missing = (0, adobe_token['if'])(inputs.scopes, token);
			if (0 === missing.length) return;
			runner.warning(
				`IMS issued a token without ${(0, secrets_redact.U9)(missing.length, 'requested scope')}: ${missing.join(', ')}. Add the APIs that grant them to the project in the Adobe Developer Console, or leave them out of \`scope\``,
			);
		}
		function warnOfForksCode({ inputs, runner }) {
			let trigger = runner.trigger();
			if (!inputs.exportEnv || !concernsForksCode(trigger)) return;
			runner.warning(
				`This ${trigger.name} run is about code from a fork: if a later step runs that code, it can read the exported token. Set \`export-env: false\` and pass the output only to the steps that need it`,
			);
		}
		function exportVariables(session, token) {
			let { inputs, runner } = session;
			let names = variableNames(inputs.envPrefix);
			let replaced = whatIsReplaced(session, token);
			if (replaced)
				runner.warning(
					`${names.token} held ${replaced}, from an earlier step: steps after this one see the new token. Give this step another \`env-prefix\` to keep both`,
				);
			runner.exportVariable(names.token, token.value);
			runner.exportVariable(names.clientId, (0, secret.Xm)(inputs.clientId));
		}
		function whatIsReplaced(session, token) {
			let { clientId, envPrefix } = session.inputs;
			let { env } = session.runner;
			let names = variableNames(envPrefix);
			let earlier = env[names.token];
			if (!earlier) return;
			let claims = (0, adobe_token.Ip)(earlier);
			let earlierClient = env[names.clientId] || claims.clientId;
			if (earlierClient && earlierClient !== clientId)
				return `the token of another client, ${((0, context.lF))(session)(earlierClient, 80)}`;
			let sameScopes = !claims.scopes || claims.scopes.toSorted().join() === token.scopes.toSorted().join();
			return sameScopes ? void 0 : 'a token with other scopes';
		}
		__nccwpck_require__(662);
		__nccwpck_require__(902);
		let REVOKE_VARIABLE = 'ADOBE_IMS_TOKEN_REVOKE';
		let STATE = {
			token: 'token',
			clientId: 'client-id',
			imsUrl: 'ims-url',
			secretLine: 'secret-line',
		};
		function saveForRevocation({ inputs, runner }, { token, clientSecret }) {
			runner.saveState(STATE.token, token.value);
			runner.saveState(STATE.clientId, (0, secret.Xm)(inputs.clientId));
			runner.saveState(STATE.imsUrl, (0, secret.Xm)(inputs.imsUrl));
			runner.saveState(STATE.secretLine, (0, secret.Xm)(String(clientSecret.line)));
			runner.exportVariable(REVOKE_VARIABLE, (0, secret.Xm)('true'));
		}
		let MIN_VALIDITY_MS = 3_600_000;
		async function takeSealedToken(session) {
			let { inputs, runner, clock } = session;
			if (void 0 === inputs.sealedToken) return;
			let { openSeal, unfitBecause } = await Promise.all([__nccwpck_require__.e(730), __nccwpck_require__.e(468)]).then(
				__nccwpck_require__.bind(__nccwpck_require__, 468),
			);
			let secrets = inputs.clientSecrets.map(({ secret }) => secret);
			let opened = await openSeal(inputs.sealedToken, inputs, secrets);
			if ('refused' in opened) return noteUnfit(session, opened.refused);
			let { value, granted, lifetimeMs, expiresAtMs } = opened.token;
			let token = {
				value: runner.mask(value),
				scopes: granted,
				lifetimeMs,
				expiresAtMs,
			};
			let minValidityMs =
				void 0 === inputs.minValidityS ? Math.min(MIN_VALIDITY_MS, lifetimeMs / 10) : 1000 * inputs.minValidityS;
			let unfit = unfitBecause(opened.token, inputs, {
				nowMs: clock.now(),
				minValidityMs,
			});
			return void 0 === unfit ? token : noteUnfit(session, unfit);
		}
		function noteUnfit(session, reason) {
			let redact = (0, context.lF)(session);
			session.runner.notice(`The sealed token is not used: it ${redact(reason, 400)}. Requesting a new one`);
		}
		async function sealForLater({ inputs, runner }, { value, scopes, lifetimeMs, expiresAtMs }, { secret }) {
			let { MAX_SEAL_LENGTH, sealToken } = await Promise.all([
				__nccwpck_require__.e(730),
				__nccwpck_require__.e(468),
			]).then(__nccwpck_require__.bind(__nccwpck_require__, 468));
			let sealed = await sealToken(
				{
					value,
					asked: inputs.scopes,
					granted: scopes,
					orgId: inputs.orgId,
					lifetimeMs,
					expiresAtMs,
				},
				inputs,
				secret,
			);
			if (sealed.length <= MAX_SEAL_LENGTH) return sealed;
			runner.warning(
				`The output sealed-token is empty: it would be longer than ${MAX_SEAL_LENGTH / 1024} KiB. Later jobs must request tokens of their own`,
			);
		}
		async function provideToken(runner, clock, exchange) {
			for (let { secret } of read_givenSecrets(runner)) runner.mask(secret);
			let inputs = readInputs(runner);
			if ('skipped' in inputs) {
				runner.output('skipped', (0, secret.Xm)('true'));
				runner.notice(`Skipped: ${inputs.skipped}`);
				return;
			}
			let cancellation = inputs.revoke ? watchCancellation(runner, clock) : cancellation_NO_CANCELLATION;
			let session = {
				inputs,
				runner,
				clock,
				exchange,
				cancellation,
			};
			let publication = (await carryOver(session)) ?? (await mintAnew(session));
			warnOfMissingScopes(session, publication.token);
			warnOfForksCode(session);
			publish(session, publication);
		}
		async function carryOver(session) {
			let token = await takeSealedToken(session);
			if (!token) return;
			try {
				let verified = await session.cancellation.abandon(check(session, token));
				let sealedToken = session.inputs.seal ? session.inputs.sealedToken : void 0;
				return {
					token,
					source: 'sealed',
					verified,
					attempts: 0,
					sealedToken,
				};
			} catch (error) {
				if (!(0, errors.Bd)(error) || 'CANCELLED' === error.code) throw error;
				return noteUnfit(session, `fails its verification: ${error.message}`);
			}
		}
		async function check(session, token) {
			if ('none' === session.inputs.verify) return 'none';
			let { verifyToken } = await __nccwpck_require__.e(979).then(__nccwpck_require__.bind(__nccwpck_require__, 979));
			return verifyToken(session, token);
		}
		async function mintAnew(session) {
			let { inputs, cancellation } = session;
			let minted = await cancellation.finish(mintToken(session));
			if (inputs.revoke) saveForRevocation(session, minted);
			warnOfRefusedSecrets(session, minted);
			let { token, attempts } = minted;
			let verified = await cancellation.abandon(check(session, token));
			let sealedToken = inputs.seal ? await sealForLater(session, token, minted.clientSecret) : void 0;
			return {
				token,
				source: 'minted',
				verified,
				attempts,
				sealedToken,
			};
		}
	}),
	613: ((module) => {
		module.exports = process.getBuiltinModule('assert');
	}),
	434: ((module) => {
		module.exports = process.getBuiltinModule('events');
	}),
	611: ((module) => {
		module.exports = process.getBuiltinModule('http');
	}),
	692: ((module) => {
		module.exports = process.getBuiltinModule('https');
	}),
	278: ((module) => {
		module.exports = process.getBuiltinModule('net');
	}),
	598: ((module) => {
		module.exports = process.getBuiltinModule('node:crypto');
	}),
	756: ((module) => {
		module.exports = process.getBuiltinModule('tls');
	}),
	23: ((module) => {
		module.exports = process.getBuiltinModule('util');
	}),
	750: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			Qq: () => HttpClient1,
		});
		var external_http_ = __nccwpck_require__(611);
		var external_https_ = __nccwpck_require__(692);
		function getProxyUrl(reqUrl) {
			let usingSsl = 'https:' === reqUrl.protocol;
			if (checkBypass(reqUrl)) return;
			let proxyVar = (() => {
				if (usingSsl) return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
				else return process.env['http_proxy'] || process.env['HTTP_PROXY'];
			})();
			if (!proxyVar) return;
			else
				try {
					return new DecodedURL(proxyVar);
				} catch (_a) {
					if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
						return new DecodedURL(`http://${proxyVar}`);
				}
		}
		function checkBypass(reqUrl) {
			if (!reqUrl.hostname) return false;
			let reqHost = reqUrl.hostname;
			if (isLoopbackAddress(reqHost)) return true;
			let noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
			if (!noProxy) return false;
			let reqPort;
			if (reqUrl.port) reqPort = Number(reqUrl.port);
			else if ('http:' === reqUrl.protocol) reqPort = 80;
			else if ('https:' === reqUrl.protocol) reqPort = 443;
			let upperReqHosts = [reqUrl.hostname.toUpperCase()];
			if ('number' == typeof reqPort) upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
			for (let upperNoProxyItem of noProxy
				.split(',')
				.map((x) => x.trim().toUpperCase())
				.filter((x) => x))
				if (
					'*' === upperNoProxyItem ||
					upperReqHosts.some(
						(x) =>
							x === upperNoProxyItem ||
							x.endsWith(`.${upperNoProxyItem}`) ||
							(upperNoProxyItem.startsWith('.') && x.endsWith(`${upperNoProxyItem}`)),
					)
				)
					return true;
			return false;
		}
		function isLoopbackAddress(host) {
			let hostLower = host.toLowerCase();
			return (
				'localhost' === hostLower ||
				hostLower.startsWith('127.') ||
				hostLower.startsWith('[::1]') ||
				hostLower.startsWith('[0:0:0:0:0:0:0:1]')
			);
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
		var tunnel = __nccwpck_require__(770);
		var __awaiter = function (thisArg, _arguments, P, generator) {
			function adopt(value) {
				return value instanceof P
					? value
					: new P(function (resolve) {
							resolve(value);
						});
			}
			return new (P || (P = Promise))(function (resolve, reject) {
				function fulfilled(value) {
					try {
						step(generator.next(value));
					} catch (e) {
						reject(e);
					}
				}
				function rejected(value) {
					try {
						step(generator['throw'](value));
					} catch (e) {
						reject(e);
					}
				}
				function step(result) {
					result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
				}
				step((generator = generator.apply(thisArg, _arguments || [])).next());
			});
		};
		class HttpClientResponse {
			constructor(message) {
				this.message = message;
			}
			readBody() {
				return __awaiter(this, void 0, void 0, function* () {
					return new Promise((resolve) =>
						__awaiter(this, void 0, void 0, function* () {
							let output = Buffer.alloc(0);
							this.message.on('data', (chunk) => {
								output = Buffer.concat([output, chunk]);
							});
							this.message.on('end', () => {
								resolve(output.toString());
							});
						}),
					);
				});
			}
			readBodyBuffer() {
				return __awaiter(this, void 0, void 0, function* () {
					return new Promise((resolve) =>
						__awaiter(this, void 0, void 0, function* () {
							let chunks = [];
							this.message.on('data', (chunk) => {
								chunks.push(chunk);
							});
							this.message.on('end', () => {
								resolve(Buffer.concat(chunks));
							});
						}),
					);
				});
			}
		}
		class HttpClient1 {
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
					if (null != requestOptions.ignoreSslError) this._ignoreSslError = requestOptions.ignoreSslError;
					this._socketTimeout = requestOptions.socketTimeout;
					if (null != requestOptions.allowRedirects) this._allowRedirects = requestOptions.allowRedirects;
					if (null != requestOptions.allowRedirectDowngrade)
						this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
					if (null != requestOptions.maxRedirects) this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
					if (null != requestOptions.keepAlive) this._keepAlive = requestOptions.keepAlive;
					if (null != requestOptions.allowRetries) this._allowRetries = requestOptions.allowRetries;
					if (null != requestOptions.maxRetries) this._maxRetries = requestOptions.maxRetries;
				}
			}
			dispose() {
				if (this._agent) this._agent.destroy();
				this._disposed = true;
			}
			requestRaw(info, data) {
				return __awaiter(this, void 0, void 0, function* () {
					return new Promise((resolve, reject) => {
						function callbackForResult(err, res) {
							if (err) reject(err);
							else if (res) resolve(res);
							else reject(new Error('Unknown error'));
						}
						this.requestRawWithCallback(info, data, callbackForResult);
					});
				});
			}
			requestRawWithCallback(info, data, onResult) {
				if ('string' == typeof data) {
					if (!info.options.headers) info.options.headers = {};
					info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
				}
				let callbackCalled = false;
				function handleResult(err, res) {
					if (!callbackCalled) {
						callbackCalled = true;
						onResult(err, res);
					}
				}
				let req = info.httpModule.request(info.options, (msg) => {
					let res = new HttpClientResponse(msg);
					handleResult(void 0, res);
				});
				let socket;
				req.on('socket', (sock) => {
					socket = sock;
				});
				req.setTimeout(this._socketTimeout || 180000, () => {
					if (socket) socket.end();
					handleResult(new Error(`Request timeout: ${info.options.path}`));
				});
				req.on('error', function (err) {
					handleResult(err);
				});
				if (data && 'string' == typeof data) req.write(data, 'utf8');
				if (data && 'string' != typeof data) {
					data.on('close', function () {
						req.end();
					});
					data.pipe(req);
				} else req.end();
			}
			getAgent(serverUrl) {
				let parsedUrl = new URL(serverUrl);
				return this._getAgent(parsedUrl);
			}
			_getAgent(parsedUrl) {
				let agent;
				let proxyUrl = getProxyUrl(parsedUrl);
				let useProxy = proxyUrl && proxyUrl.hostname;
				if (this._keepAlive && useProxy) agent = this._proxyAgent;
				if (!useProxy) agent = this._agent;
				if (agent) return agent;
				let usingSsl = 'https:' === parsedUrl.protocol;
				let maxSockets = 100;
				if (this.requestOptions) maxSockets = this.requestOptions.maxSockets || external_http_.globalAgent.maxSockets;
				if (proxyUrl && proxyUrl.hostname) {
					let agentOptions = {
						maxSockets,
						keepAlive: this._keepAlive,
						proxy: Object.assign(
							Object.assign(
								{},
								(proxyUrl.username || proxyUrl.password) && {
									proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`,
								},
							),
							{
								host: proxyUrl.hostname,
								port: proxyUrl.port,
							},
						),
					};
					let tunnelAgent;
					let overHttps = 'https:' === proxyUrl.protocol;
					tunnelAgent = usingSsl
						? overHttps
							? tunnel.httpsOverHttps
							: tunnel.httpsOverHttp
						: overHttps
							? tunnel.httpOverHttps
							: tunnel.httpOverHttp;
					agent = tunnelAgent(agentOptions);
					this._proxyAgent = agent;
				}
				if (!agent) {
					let options = {
						keepAlive: this._keepAlive,
						maxSockets,
					};
					agent = usingSsl ? new external_https_.Agent(options) : new external_http_.Agent(options);
					this._agent = agent;
				}
				if (usingSsl && this._ignoreSslError)
					agent.options = Object.assign(agent.options || {}, {
						rejectUnauthorized: false,
					});
				return agent;
			}
			_getUserAgentWithOrchestrationId(userAgent) {
				let baseUserAgent = userAgent || 'actions/http-client';
				let orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
				if (orchId) {
					let sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
					return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
				}
				return baseUserAgent;
			}
		}
	}),
};
var __webpack_module_cache__ = {};
function __nccwpck_require__(moduleId) {
	var cachedModule = __webpack_module_cache__[moduleId];
	if (void 0 !== cachedModule) return cachedModule.exports;
	var module = (__webpack_module_cache__[moduleId] = {
		exports: {},
	});
	var threw = true;
	try {
		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
		threw = false;
	} finally {
		if (threw) delete __webpack_module_cache__[moduleId];
	}
	return module.exports;
}
__nccwpck_require__.m = __webpack_modules__;
if (void 0 !== __nccwpck_require__)
	__nccwpck_require__.ab =
		decodeURIComponent(new URL('.', import.meta.url).pathname).slice(
			import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0,
			-1,
		) + '/';
(() => {
	var webpackQueues = 'function' == typeof Symbol ? Symbol('webpack queues') : '__webpack_queues__';
	var webpackExports = 'function' == typeof Symbol ? Symbol('webpack exports') : '__webpack_exports__';
	var webpackError = 'function' == typeof Symbol ? Symbol('webpack error') : '__webpack_error__';
	var resolveQueue = (queue) => {
		if (queue && queue.d < 1) {
			queue.d = 1;
			queue.forEach((fn) => fn.r--);
			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
		}
	};
	var wrapDeps = (deps) =>
		deps.map((dep) => {
			if (null !== dep && 'object' == typeof dep) {
				if (dep[webpackQueues]) return dep;
				if (dep.then) {
					var queue = [];
					queue.d = 0;
					dep.then(
						(r) => {
							obj[webpackExports] = r;
							resolveQueue(queue);
						},
						(e) => {
							obj[webpackError] = e;
							resolveQueue(queue);
						},
					);
					var obj = {};
					obj[webpackQueues] = (fn) => fn(queue);
					return obj;
				}
			}
			var ret = {};
			ret[webpackQueues] = (x) => {};
			ret[webpackExports] = dep;
			return ret;
		});
	__nccwpck_require__.a = (module, body, hasAwait) => {
		var queue;
		hasAwait && ((queue = []).d = -1);
		var depQueues = new Set();
		var exports = module.exports;
		var currentDeps;
		var outerResolve;
		var reject;
		var promise = new Promise((resolve, rej) => {
			reject = rej;
			outerResolve = resolve;
		});
		promise[webpackExports] = exports;
		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise['catch']((x) => {}));
		module.exports = promise;
		body(
			(deps) => {
				currentDeps = wrapDeps(deps);
				var fn;
				var getResult = () =>
					currentDeps.map((d) => {
						if (d[webpackError]) throw d[webpackError];
						return d[webpackExports];
					});
				var promise = new Promise((resolve) => {
					fn = () => resolve(getResult);
					fn.r = 0;
					var fnQueue = (q) =>
						q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn)));
					currentDeps.map((dep) => dep[webpackQueues](fnQueue));
				});
				return fn.r ? promise : getResult();
			},
			(err) => (err ? reject((promise[webpackError] = err)) : outerResolve(exports), resolveQueue(queue)),
		);
		queue && queue.d < 0 && (queue.d = 0);
	};
})();
(() => {
	__nccwpck_require__.d = (exports, definition) => {
		for (var key in definition)
			if (__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key))
				Object.defineProperty(exports, key, {
					enumerable: true,
					get: definition[key],
				});
	};
})();
(() => {
	__nccwpck_require__.f = {};
	__nccwpck_require__.e = (chunkId) =>
		Promise.all(
			Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
				__nccwpck_require__.f[key](chunkId, promises);
				return promises;
			}, []),
		);
})();
(() => {
	__nccwpck_require__.u = (chunkId) => '' + chunkId + '.index.js';
})();
(() => {
	__nccwpck_require__.o = (obj, prop) => Object.prototype.hasOwnProperty.call(obj, prop);
})();
(() => {
	__nccwpck_require__.r = (exports) => {
		if ('u' > typeof Symbol && Symbol.toStringTag)
			Object.defineProperty(exports, Symbol.toStringTag, {
				value: 'Module',
			});
		Object.defineProperty(exports, '__esModule', {
			value: true,
		});
	};
})();
(() => {
	var installedChunks = {
		792: 0,
	};
	var installChunk = (data) => {
		var { ids, modules, runtime } = data;
		var moduleId,
			chunkId,
			i = 0;
		for (moduleId in modules)
			if (__nccwpck_require__.o(modules, moduleId)) __nccwpck_require__.m[moduleId] = modules[moduleId];
		if (runtime) runtime(__nccwpck_require__);
		for (; i < ids.length; i++) {
			chunkId = ids[i];
			if (__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) installedChunks[chunkId][0]();
			installedChunks[ids[i]] = 0;
		}
	};
	__nccwpck_require__.f.j = (chunkId, promises) => {
		var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : void 0;
		if (0 !== installedChunkData)
			if (installedChunkData) promises.push(installedChunkData[1]);
			else {
				var promise = import('./' + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
					if (0 !== installedChunks[chunkId]) installedChunks[chunkId] = void 0;
					throw e;
				});
				var promise = Promise.race([
					promise,
					new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve])),
				]);
				promises.push((installedChunkData[1] = promise));
			}
	};
})();
var __webpack_exports__ = __nccwpck_require__(730);
__webpack_exports__ = await __webpack_exports__;

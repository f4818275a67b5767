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
			j$: () => HttpError,
			dz: () => InputError1,
			G9: () => NOT_ADOBE_HINT,
			Dr: () => NetworkError,
			W5: () => OAuthError,
			o3: () => ResponseError1,
			MU: () => TimeoutError,
			Uc: () => describeError,
			Bd: () => isActionError,
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
		class ResponseError1 extends BaseError {
			code = 'RESPONSE';
		}
		function isActionError(error) {
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
			if (!isActionError(error)) return `${unexpected(error)}. ${troubleshootingUrl('unexpected-error')}`;
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
			J: () => environmentFaults,
			W: () => proxySecrets,
		});
		var _inputs_urls_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(695);
		let PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];
		function environmentFaults(env, targets) {
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
	695: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			Dl: () => parseUrl,
			U9: () => isLoopback,
			bv: () => presentUrl1,
			o6: () => parseHost,
		});
		let ADOBE_DOMAINS = ['adobelogin.com', 'adobe.io', 'adobe.com'];
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
		function presentUrl1(value) {
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
	661: ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.a(
			module,
			async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
				try {
					var _clock_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(373);
					var _github_runner_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(668);
					var _http_exchange_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(739);
					var _steps_revoke_token_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(625);
					await (0, _github_runner_js__WEBPACK_IMPORTED_MODULE_1__.e)(
						(runner) =>
							(0, _steps_revoke_token_js__WEBPACK_IMPORTED_MODULE_3__.w)(
								runner,
								_clock_js__WEBPACK_IMPORTED_MODULE_0__.m,
								_http_exchange_js__WEBPACK_IMPORTED_MODULE_2__.c,
							),
						'warning',
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
			U9: () => count1,
			VP: () => defuse,
			YA: () => seconds,
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
		function count1(quantity, noun) {
			return `${quantity} ${noun}${1 === quantity ? '' : 's'}`;
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
			wV: () => encodedForms,
			zh: () => Secret1,
		});
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
	625: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.d(__webpack_exports__, {
			w: () => revokeToken,
		});
		var errors = __nccwpck_require__(972);
		var secrets_redact = __nccwpck_require__(200);
		let BASE_DELAY_MS = 500;
		let MAX_DELAY_MS = 10_000;
		let MAX_ATTEMPT_MS = 30_000;
		let MIN_ATTEMPT_MS = 1_000;
		async function retry_withRetries(task, attempt, policy) {
			let { clock, maxAttempts, deadlineMs, stopped } = policy;
			for (let attempts = 1; ; attempts += 1) {
				let startedMs = clock.elapsed();
				let log = (outcome) =>
					policy.debug(
						`attempt ${attempts} of ${maxAttempts}: ${outcome} (${(0, secrets_redact.YA)(clock.elapsed() - startedMs)})`,
					);
				try {
					let value = await attempt(attemptLimitMs(deadlineMs - startedMs, maxAttempts - attempts + 1));
					log('succeeded');
					return {
						value,
						attempts,
					};
				} catch (error) {
					if (!(0, errors.Bd)(error)) throw error;
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
					log(`${error.message}; next try in ${(0, secrets_redact.YA)(next.waitMs)}`);
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
			if (!(0, errors.dg)(error) || attempts === maxAttempts)
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
				let left = (0, secrets_redact.YA)(Math.max(leftMs, 0));
				return {
					stop: `the server asks to wait ${(0, secrets_redact.YA)(floorMs)}, and the step has ${left} left`,
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
		var urls = __nccwpck_require__(695);
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
		function refusals_refusal(response, { redact, nowMs }) {
			let { status } = response;
			let { error, description } = readError(response.body);
			if (status >= 300 && status < 400) return redirect(response, redact);
			let said = [error && redact(error, 60), description && `"${redact(description)}"`];
			let what = said.filter((part) => part).join(' ') || (refusals_isHtml(response) ? 'an HTML page' : '');
			let message = `HTTP ${status}${what && `, ${what}`}${requestIds(response, redact)}`;
			if ('' === error || (0, errors.Dm)(status)) return httpError(message, response, nowMs);
			let row = ROWS.find(
				(candidate) => candidate.error === error && (candidate.description?.test(description) ?? true),
			);
			return new errors.W5(message, {
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
			let answer = refusals_parseObject(body) ?? {};
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
		function refusals_parseObject(body) {
			try {
				let value = JSON.parse(body);
				return 'object' != typeof value || null === value || Array.isArray(value) ? void 0 : value;
			} catch {
				return;
			}
		}
		function refusals_isHtml({ headers, body }) {
			return /^text\/html|^application\/xhtml/i.test(headers['content-type'] ?? '') || /^\s*</.test(body);
		}
		function refusals_htmlAnswer({ status }) {
			return new errors.o3(`HTTP ${status}, but the answer is an HTML page`, {
				topic: 'html-answer',
				hint: errors.G9,
			});
		}
		function redirect(response, redact) {
			let location = redact((0, urls.bv)(response.headers.location ?? ''), 100);
			let where = '' === location ? 'nowhere' : location;
			return new errors.j$(
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
				retryAfterMs: retryAfterMs(headers, nowMs),
			};
			if (429 === status)
				return new errors.j$(message, {
					...advice,
					topic: 'throttled',
					hint: 'Adobe throttles this credential: ask for fewer tokens, and let the jobs of a run share one through `seal` and `sealed-token`',
				});
			if ((0, errors.Dm)(status))
				return new errors.j$(message, {
					...advice,
					topic: 'server-error',
					hint: 'Re-run the job later; status.adobe.com lists outages',
				});
			return new errors.j$(message, {
				...advice,
				topic: 'unexpected-status',
				hint: refusals_isHtml(response)
					? errors.G9
					: 'Check `ims-url` and `verify-url` if they are set, and whether a proxy or gateway answered instead of Adobe',
			});
		}
		var secret = __nccwpck_require__(793);
		function parsers_parseWhole(raw, min, max) {
			let value = /^\d+$/.test(raw) ? Number(raw) : 0 / 0;
			return value >= min && value <= max
				? {
						value,
					}
				: {
						fault: `is not a whole number from ${min} to ${max}`,
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
						secret: new secret.zh(value),
					},
				];
			});
		}
		function parsers_parseAllowedUrl(raw, rules) {
			let url = (0, urls.Dl)(raw, rules);
			if ('string' == typeof url)
				return {
					fault: url,
				};
			return {
				value: 'refused' === rules.query ? url.href.replace(/\/+$/, '') : url.href,
			};
		}
		function parsers_parseHosts(raw) {
			let hosts = raw
				.split(/[\s,]/)
				.filter((host) => '' !== host)
				.map(urls.o6);
			let known = hosts.filter((host) => void 0 !== host);
			return known.length === hosts.length
				? {
						value: known,
					}
				: {
						fault: 'is not a list of host names: give them without scheme, port, path or wildcard',
					};
		}
		function invalidateRequest(imsUrl, clientId, secret, token) {
			return formRequest(`${imsUrl}/ims/invalidate_token/v2`, {
				token_type: 'access_token',
				token: token.reveal(),
				client_id: clientId,
				client_secret: secret.reveal(),
			});
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
		let FIREFLY_SCOPES = [
			'openid',
			'AdobeID',
			'session',
			'additional_info',
			'read_organizations',
			'firefly_api',
			'ff_apis',
		];
		let services_SERVICES = {
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
		Object.keys(services_SERVICES);
		function givenSecrets(source) {
			return parseSecrets(
				source.input('client-secret', {
					trimWhitespace: false,
				}),
			);
		}
		let NO_CANCELLATION = {
			stopped: () => void 0,
			finish: (work) => work,
			abandon: (work) => work,
		};
		function describeRequest({ method, url }) {
			return `${method} ${(0, urls.bv)(url)}`;
		}
		var environment = __nccwpck_require__(145);
		function readRevokeInputs(source, imsUrl) {
			let hosts = parsers_parseHosts(source.input('allowed-hosts'));
			let allowedHosts = 'value' in hosts ? hosts.value : [];
			let url = parsers_parseAllowedUrl(imsUrl, {
				allowedHosts,
				query: 'refused',
			});
			let faults =
				'fault' in url ? [`the saved IMS address ${url.fault}`] : (0, environment.J)(source.env, [new URL(url.value)]);
			if (faults.length > 0) throw notRevoked(faults.join('; '));
			let maxAttempts = parsers_parseWhole(source.input('max-attempts'), 1, 10);
			return {
				imsUrl,
				maxAttempts: 'value' in maxAttempts ? maxAttempts.value : 4,
			};
		}
		function notRevoked(reason) {
			return new errors.dz(`Could not revoke the access token: ${reason}`, {
				topic: 'not-revoked',
				hint: 'Nothing was sent, so the token stays valid until it expires',
			});
		}
		let DEADLINE_MS = 20_000;
		let NOT_CONFIRMED = {
			topic: 'not-revoked',
			hint: 'Treat the token as valid until it expires',
		};
		let STATE = {
			token: 'token',
			clientId: 'client-id',
			imsUrl: 'ims-url',
			secretLine: 'secret-line',
		};
		async function revokeToken(runner, clock, exchange) {
			let secrets = givenSecrets(runner);
			for (let { secret } of secrets) runner.mask(secret);
			let saved = runner.state(STATE.token);
			if ('' === saved) return;
			let token = runner.mask(new secret.zh(saved));
			let clientId = runner.state(STATE.clientId);
			let { imsUrl, maxAttempts } = readRevokeInputs(runner, runner.state(STATE.imsUrl));
			let line = Number(runner.state(STATE.secretLine));
			let clientSecret = secrets.find((given) => given.line === line);
			let { host } = new URL(imsUrl);
			if (!clientSecret)
				throw notRevoked(`the client secret that got it (line ${line} of client-secret) is missing in the post step`);
			let redact = (0, secrets_redact.$p)([token, ...secrets.map(({ secret }) => secret)]);
			let request = invalidateRequest(imsUrl, clientId, clientSecret.secret, token);
			await retry_withRetries(
				`Could not confirm that ${host} revoked the access token`,
				async (limitMs) => {
					let response = await exchange(request, limitMs);
					let success = response.status >= 200 && response.status <= 299;
					if (!success)
						throw refusals_refusal(response, {
							redact,
							nowMs: clock.now(),
						});
					if (refusals_isHtml(response)) throw refusals_htmlAnswer(response);
				},
				{
					maxAttempts,
					deadlineMs: DEADLINE_MS,
					clock,
					stopped: NO_CANCELLATION.stopped,
					debug: (line) => runner.debug(`${describeRequest(request)}: ${line}`),
				},
			).catch((error) => {
				if ((0, errors.Bd)(error)) Object.assign(error, NOT_CONFIRMED);
				throw error;
			});
			runner.info(`Revoked the access token of client ${redact(clientId, 80)} at ${host}`);
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
var __webpack_exports__ = __nccwpck_require__(661);
__webpack_exports__ = await __webpack_exports__;

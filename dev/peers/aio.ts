// Asks Adobe's own library for IMS for the token of the context `cli`, as `aio` does, and prints it.

/** As much of `@adobe/aio-lib-ims` as is used: it is not there unless it was installed. */
interface Library {
  getToken(context: string): Promise<string>;
}

const name = '@adobe/aio-lib-ims';
const { default: library } = (await import(name)) as { default: Library };
process.stdout.write(await library.getToken('cli'));

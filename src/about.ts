/** Where this action lives. `npm run docs` writes the repository from package.json. */

const REPOSITORY = 'OWNER/adobe-ims-token-action';

/** The address of the README's paragraph on an error. */
export function troubleshootingUrl(topic: string): string {
  return `https://github.com/${REPOSITORY}#${topic}`;
}

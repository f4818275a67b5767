// Leads what a workflow sends to Adobe to the stand-in.
import { pointVerification } from '../stand-in/verification.ts';
import { root } from '../support/repository.ts';
import type { Aim } from './host.ts';

/** The origin of an address of Adobe's. */
const adobe = /https:\/\/(?:[\w-]+\.)*adobe(?:login)?\.(?:io|com)(?![\w.-])/g;

/** `allowedHosts` are what the action needs to be told where the stand-in is not on a loopback address. */
export function aimAt(url: string, allowedHosts = ''): Aim {
  const text = (value: string) => value.replaceAll(adobe, url);
  return {
    text,
    inputs: (inputs, folder) => {
      if (folder !== root) return inputs;
      return {
        ...pointVerification(inputs, url),
        ...inputs,
        'ims-url': url,
        'allowed-hosts': allowedHosts,
      };
    },
  };
}

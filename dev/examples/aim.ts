// Leads what a workflow sends to Adobe to the stand-in.
import { dirname } from 'node:path';
import { actionFile } from '../runner/action.ts';
import { pointVerification } from '../start/settings.ts';
import type { Aim } from './host.ts';

/** A host of Adobe's that is an address's. */
const adobe = /https:\/\/(?:[\w-]+\.)*adobe(?:login)?\.(?:io|com)(?![\w.-])/g;

/** `allowedHosts` are what the action needs to be told where the stand-in is not on a loopback address. */
export function aimAt(url: string, allowedHosts = ''): Aim {
  const text = (value: string) => value.replaceAll(adobe, url);
  return {
    text,
    inputs: (inputs, folder) => {
      if (folder !== dirname(actionFile)) return inputs;
      return {
        ...pointVerification(inputs, { url }),
        ...inputs,
        'ims-url': url,
        'allowed-hosts': allowedHosts,
      };
    },
  };
}

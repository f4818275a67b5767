// act's log, read from the JSON lines that it prints.

export interface JobEnd {
  readonly id: string;
  /** With those of the workflows that called it. */
  readonly name: string;
  readonly result: string;
}

export interface ActLog {
  /** What a person would see, a line for each message. */
  readonly text: string;
  /** Jobs that were skipped are not among them. */
  readonly jobs: readonly JobEnd[];
}

interface Entry {
  readonly msg: string;
  readonly job?: string;
  readonly jobID?: string;
  readonly jobResult?: string;
  readonly raw_output?: boolean;
}

export function readLog(printed: string): ActLog {
  const entries = printed
    .split('\n')
    .filter((line) => line !== '')
    .map(readEntry);
  return {
    // Of an entry only the message is masked: the others hold commands as they were written.
    text: entries
      .map(
        ({ msg, job, raw_output }) =>
          `[${job ?? 'act'}]${raw_output ? ' |' : ''} ${msg.trimEnd()}\n`,
      )
      .join(''),
    jobs: entries.flatMap(({ job: name = '', jobID: id = '', jobResult: result }) =>
      result === undefined ? [] : [{ id, name, result }],
    ),
  };
}

/** Its own errors are no JSON. */
function readEntry(line: string): Entry {
  try {
    return JSON.parse(line);
  } catch {
    return { msg: line };
  }
}

// What stands around a workflow that is played here: what GitHub would give it, and where its calls really go.
import type { Texts } from './workflow.ts';

export interface Host {
  readonly secrets: Texts;
  readonly vars: Texts;
  /** What somebody who starts it by hand types in, where that is not the default. */
  readonly inputs: Texts;
  /** The payload of the event. */
  readonly event: unknown;
  /** The runner's own variables, where they differ from those of a push: `GITHUB_EVENT_NAME`, `PATH`. */
  readonly variables: Texts;
  /** A folder that keeps caches and artifacts from one job, and one play, to the next. */
  readonly storage: string;
  /** What `actions/checkout` lays into the workspace; nothing by default. */
  readonly repository?: string;
  /** Folders of actions that are really run, by what stands before the `@` in `uses`. */
  readonly actions: Texts;
  readonly aim: Aim;
}

/** Leads what a workflow sends to Adobe somewhere else. */
export interface Aim {
  /** A value of `env` or `with`, or a script. */
  text(text: string): string;
  /** What stands under `with` of the action from `folder`. */
  inputs(inputs: Texts, folder: string): Texts;
}

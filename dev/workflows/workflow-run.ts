// One workflow under act: started as often as its plan says, and held to what the plan expects.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAct } from './act.ts';
import { listWords } from './act-words.ts';
import { type Adobe, type Authority, startAdobe } from './adobe.ts';
import { judge, type Outcome } from './judge.ts';
import { readLog } from './log.ts';
import { fillPlan, type Plan, type Run, replaceWords } from './plan.ts';
import { changeWorkflows, type Repositories } from './repositories.ts';
import { giveValues } from './secrets.ts';
import { makeWorkspace, readCommands, readSecrets, type Workspace } from './workspace.ts';

/** What all workflows share. */
export interface Tools {
  readonly act: string;
  readonly repositories: Repositories;
  readonly authority: Authority;
  /** The package registry's URL. */
  readonly registry: string;
}

export interface Report {
  readonly runs: number;
  readonly tokens: number;
  readonly problems: readonly string[];
  /** act's log of the runs with problems; it may hold what no log must hold. */
  readonly log: string;
}

/** `folder` is the workflow's own, and empty. */
export async function runWorkflow(
  name: string,
  text: string,
  plan: Plan,
  folder: string,
  tools: Tools,
): Promise<Report> {
  const workspace = makeWorkspace(folder, name, text, plan);
  const { host, port } = new URL(tools.registry);
  const registry = port ? host : `${host}:443`;
  const adobe = await startAdobe(tools.authority, registry, plan.standIn);
  const problems: string[] = [];
  const logs: string[] = [];
  try {
    const runs = plan.runs ?? [{}];
    for (const [index, planned] of runs.entries()) {
      const { sha } = workspace;
      const words = { proxy: adobe.proxy, authority: tools.authority.file, sha };
      const run = fillPlan(planned, words);
      const outcome = await startRun(text, { run, number: index + 1, workspace, adobe, tools });
      const title = run.title ? `${run.title}: ` : '';
      const found = judge(run.expect ?? {}, outcome).map((problem) => title + problem);
      problems.push(...found);
      if (found.length > 0) logs.push(outcome.log.text);
    }
    const tokens = adobe.standIn.tokens.length;
    return { runs: runs.length, tokens, problems, log: logs.join('\n') };
  } finally {
    await adobe.close();
  }
}

interface Start {
  readonly run: Run;
  /** From 1: GitHub numbers runs, and keys of caches have the number. */
  readonly number: number;
  readonly workspace: Workspace;
  readonly adobe: Adobe;
  readonly tools: Tools;
}

async function startRun(text: string, start: Start): Promise<Outcome> {
  const { run, number, workspace, adobe, tools } = start;
  const { standIn, refused } = adobe;
  const before = {
    tokens: standIn.tokens.length,
    revoked: standIn.revoked.length,
    requests: standIn.requests.length,
    gh: readCommands(workspace, 0).length,
    refused: refused.length,
  };
  standIn.passDays(run.daysLater ?? 0);
  const secrets = { ...readSecrets(workspace), ...run.secrets };
  const given = giveValues(text, { secrets, vars: run.vars });
  const event = join(workspace.folder, 'event.json');
  writeFileSync(event, JSON.stringify(run.payload ?? {}));
  writeFileSync(join(workspace.store, 'gh.json'), JSON.stringify(run.gh ?? []));
  writeFileSync(workspace.file, replaceWords(text, run.replace ?? {}));
  const { places } = run.replace
    ? changeWorkflows(tools.repositories, run.replace, join(workspace.folder, `self-${number}`))
    : tools.repositories;
  const words = listWords(text, { run, number, workspace, given, event, places });
  const lead = run.direct ? {} : leadTo(adobe, tools.authority);
  const env = { ...workspace.env, npm_config_registry: tools.registry, ...lead };
  const printed = await runAct(tools.act, words, env);
  const kept = Object.values(readSecrets(workspace));
  return {
    log: readLog(printed),
    tokens: standIn.tokens.slice(before.tokens),
    revoked: standIn.revoked.slice(before.revoked),
    calls: standIn.requests
      .slice(before.requests)
      .map(({ method, path }) => `${method} ${path.replace(/((?:status|secrets)\/).*/, '$1*')}`),
    gh: readCommands(workspace, before.gh),
    refused: refused.slice(before.refused),
    hidden: [...given.hidden, ...kept],
  };
}

/** What leads a job's requests to the stand-in. */
function leadTo({ proxy }: Adobe, { file }: Authority): Readonly<Record<string, string>> {
  return {
    https_proxy: proxy,
    NODE_USE_ENV_PROXY: '1',
    NODE_EXTRA_CA_CERTS: file,
    CURL_CA_BUNDLE: file,
  };
}

// Work that a service takes on and reports on later: first as running, then as done.
import { randomUUID } from 'node:crypto';
import { type Answer, answerJson, type RecordedRequest } from './exchange.ts';
import { answerPictures } from './gateway.ts';

/** How often each job was requested: its id is unlike that of any other stand-in's. */
const jobs = new Map<string, number>();

/** Takes on a picture for a prompt, as Firefly does. */
export function startGeneration(request: RecordedRequest, url: string): Answer {
  const { prompt } = readJson(request);
  if (typeof prompt !== 'string' || prompt === '') {
    return answerJson(400, { error_code: 'validation_error', message: 'prompt is missing' });
  }
  const jobId = startJob();
  const [statusUrl, cancelUrl] = ['status', 'cancel'].map((verb) => `${url}/v3/${verb}/${jobId}`);
  return answerJson(202, { jobId, statusUrl, cancelUrl });
}

export function reportGeneration(request: RecordedRequest, url: string): Answer {
  const jobId = readId(request);
  const status = poll(jobId);
  if (!status) return answerJson(404, { error_code: 'not_found', message: 'Job not found' });
  if (status === 'running') return answerJson(200, { status, jobId });
  return answerJson(200, { status, jobId, result: answerPictures(url) });
}

function startJob(): string {
  const id = randomUUID();
  jobs.set(id, 0);
  return id;
}

/** Whoever asks for the first time has to ask again. */
function poll(id: string): 'running' | 'succeeded' | undefined {
  const count = jobs.get(id);
  if (count === undefined) return undefined;
  jobs.set(id, count + 1);
  return count === 0 ? 'running' : 'succeeded';
}

function readId({ path }: RecordedRequest): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function readJson({ headers, body }: RecordedRequest): Record<string, unknown> {
  if (!headers['content-type']?.startsWith('application/json')) return {};
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

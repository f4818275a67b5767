// Firefly's part of the stand-in: a picture for a prompt, at once or as a job that first runs and then is done.
import { randomUUID } from 'node:crypto';
import type { State } from './endpoints.ts';
import { type Answer, answerJson, type RecordedRequest } from './exchange.ts';

/** The smallest PNG: one transparent pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** What each job is when it is next requested: its ID is unlike that of any other stand-in's. */
const jobs = new Map<string, 'running' | 'succeeded'>();

export function answerPicture(): Answer {
  return { status: 200, headers: { 'Content-Type': 'image/png' }, body: picture };
}

export function answerPictures(_request: RecordedRequest, { url }: State): Answer {
  return answerJson(200, listPictures(url));
}

export function startGeneration(request: RecordedRequest, { url }: State): Answer {
  if (!hasPrompt(request)) {
    return answerJson(400, { error_code: 'validation_error', message: 'prompt is missing' });
  }
  const jobId = randomUUID();
  jobs.set(jobId, 'running');
  const [statusUrl, cancelUrl] = ['status', 'cancel'].map((verb) => `${url}/v3/${verb}/${jobId}`);
  return answerJson(202, { jobId, statusUrl, cancelUrl });
}

export function reportGeneration({ path }: RecordedRequest, { url }: State): Answer {
  const jobId = path.slice(path.lastIndexOf('/') + 1);
  const status = jobs.get(jobId);
  if (!status) return answerJson(404, { error_code: 'not_found', message: 'Job not found' });
  // Whoever asks for the first time has to ask again.
  jobs.set(jobId, 'succeeded');
  const result = status === 'succeeded' ? { result: listPictures(url) } : {};
  return answerJson(200, { status, jobId, ...result });
}

function hasPrompt({ headers, body }: RecordedRequest): boolean {
  if (!headers['content-type']?.startsWith('application/json')) return false;
  try {
    const { prompt } = JSON.parse(body);
    return typeof prompt === 'string' && prompt !== '';
  } catch {
    return false;
  }
}

/** Where the pictures lie: on the stand-in at `url`. */
function listPictures(url: string) {
  return { outputs: [{ seed: 1, image: { url: `${url}/picture.png` } }] };
}

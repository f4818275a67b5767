// Answers that are neither good nor plainly a refusal: a success of another kind, an error in a success, a token in an error.
import { type Answer, answerJson, answerWith, type Fault, type Faults } from '../exchange.ts';
import { changeFields, readFields } from './spoil.ts';

export const refusedAnswerFaults: Faults = {
  201: restate('A good answer with 201', 201),
  202: restate('A good answer with 202', 202),
  206: restate('A good answer with 206', 206),
  'token-503': changeAnswer('503 that holds a token', (answer) =>
    answerJson(503, { ...readFields(answer), error: 'temporarily_unavailable' }),
  ),
  'token-400': changeAnswer('400 that repeats a token in its description', (answer) =>
    answerJson(400, {
      error: 'invalid_request',
      error_description: `already issued: ${readFields(answer)['access_token']}`,
    }),
  ),
  'error-200': changeAnswer('An OAuth error in a 200', () =>
    answerJson(200, {
      error: 'invalid_client',
      error_description: 'invalid client_secret parameter',
    }),
  ),
  bom: changeAnswer('A good answer with a byte order mark before it', (answer) => ({
    ...answer,
    body: `\ufeff${answer.body}`,
  })),
  identity: changeAnswer('A good answer that says it is not encoded, in capitals', (answer) => ({
    ...answer,
    headers: { ...answer.headers, 'Content-Encoding': 'IDENTITY' },
  })),
  xml: answerWith('An error in XML', () => ({
    status: 500,
    headers: { 'Content-Type': 'application/xml' },
    body: '<?xml version="1.0"?><Error/>',
  })),
  'text-200': answerWith('A text in a 200', () => ({
    status: 200,
    headers: { 'Content-Type': 'text/plain' },
    body: 'Please sign in',
  })),
  'no-lifetime': changeFields('No lifetime, and an opaque token', () => ({
    access_token: 'an-opaque-token-without-claims',
    expires_in: undefined,
  })),
  'short-token': changeFields('A token of 15 characters', () => ({
    access_token: 'fifteen-letters',
  })),
};

function restate(about: string, status: number): Fault {
  return changeAnswer(about, (answer) => ({ ...answer, status }));
}

function changeAnswer(about: string, change: (answer: Answer) => Answer): Fault {
  return answerWith(about, (_request, { good }) => change(good()));
}

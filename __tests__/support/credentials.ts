// The client that tests are, unless they say otherwise.

export const CLIENT_ID = 'the-client';
export const SECRET = 'p8e-Kq3nXv9sLw2dRf7tYb5g';
/** Another secret of the same client, as there is one while secrets are rotated. */
export const SECOND_SECRET = 'p8e-new-Zc4Gh8kN1yTbE6u';

/** The inputs of a step that leaves all else to the defaults. */
export const CREDENTIALS = { 'client-id': CLIENT_ID, 'client-secret': SECRET };

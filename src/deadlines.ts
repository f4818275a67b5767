/** How long a step may take. What an attempt gets of that is the retry policy's to say, in `http/retry`. */

/** The most that the input `timeout` takes, which is the main step's deadline, in seconds. */
export const MAX_TIMEOUT_S = 3_600;

/** The whole of the post step, in milliseconds. */
export const POST_STEP_MS = 20_000;

/**
 * What a request under way gets when the job is cancelled, in milliseconds: the runner kills the step
 * 10 seconds after that.
 */
export const CANCELLATION_GRACE_MS = 5_000;

/** How long the log may take to be read once the step is over, in milliseconds. */
export const FLUSH_MS = 1_000;

// Nothing: what counts comes at the end of the job.

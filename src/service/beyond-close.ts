/** What the end of a service may take beyond `shutdownTimeout`, so that shutdown files run also when the jobs used it all up. */
export const beyondCloseMs = 2_000;

/** By this name of its connection an opener sees that a server is watched. */
export const watchdogName = "taskq-watchdog";

// BullMQ makes it a part of the connection's name, by which other processes see whose worker a queue has.
const mark = "taskq:";

export const toWorkerName = (name: string): string => mark + name;

/** Raw workers' names are taken as they are. */
export const fromWorkerName = (name: string): string => (name.startsWith(mark) ? name.slice(mark.length) : name);

export const isOurWorker = (name: string): boolean => name.startsWith(mark);

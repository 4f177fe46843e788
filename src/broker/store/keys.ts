/** Where the store keeps things. No queue can have these keys, since a queue called `taskq` is refused. */
export const storeKeys = (prefix: string) => ({
  queues: `${prefix}:taskq:queues`,
  runners: `${prefix}:taskq:runners`,
  owners: `${prefix}:taskq:owners`,
  runner: (id: string) => `${prefix}:taskq:runner:${id}`,
  workers: (queue: string) => `${prefix}:taskq:workers:${queue}`,
  /** What the configs said of the limits of queues. */
  limits: `${prefix}:taskq:limits`,
  /** What operators set over it. */
  overrides: `${prefix}:taskq:overrides`,
  /** Who paused which queue. */
  pauses: `${prefix}:taskq:pauses`,
  rate: (queue: string) => `${prefix}:taskq:rate:${queue}`,
  /** What is known of a schedule: its record, its history, the ticks that were begun, the runs that wait for one to end. */
  schedule: (queue: string, name: string) => `${prefix}:taskq:schedule:${queue}:${name}`,
  scheduleHistory: (queue: string, name: string) => `${prefix}:taskq:history:${queue}:${name}`,
  scheduleTicks: (queue: string, name: string) => `${prefix}:taskq:ticks:${queue}:${name}`,
  scheduleWaiting: (queue: string, name: string) => `${prefix}:taskq:waiting:${queue}:${name}`,
  /** By queue: the release whose schedules it has. */
  leads: (app: string) => `${prefix}:taskq:leads:${app}`,
  cancels: `${prefix}:taskq:cancels`,
  /** What an operator last asked of a runner. */
  order: (runner: string) => `${prefix}:taskq:order:${runner}`,
  /** What the processes of a release declare. */
  release: (release: string) => `${prefix}:taskq:release:${release}`,
  /** A channel, what is said to all runners. */
  messages: `${prefix}:taskq:messages`,
  /** The stream of what a client is answered. */
  inbox: (client: string) => `${prefix}:taskq:inbox:${client}`,
  syncLock: (app: string) => `${prefix}:taskq:sync:${app}`,
});

/** Runs once in each worker process, before its first job. What it returns is merged into `state`. */
export default async function openMailer() {
  const sent: string[] = [];
  return { mailer: { sent, send: async (to: string) => void sent.push(to) } };
}

declare module "taskq" {
  interface State {
    mailer: { readonly sent: string[]; readonly send: (to: string) => Promise<void> };
  }
}

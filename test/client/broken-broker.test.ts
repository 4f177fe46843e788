import { expect, onTestFinished, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { faults } from "../helpers/broken-broker.ts";
import { createProject } from "../helpers/cli.ts";

const jobs = { "shop/jobs/tasks.js": "export async function mark() {}" };

// What a machine that is busy may take beside; a call that hangs would take for ever.
const slackMs = 20_000;

test.each(faults)(
  "an application whose broker is one $what is told within five seconds",
  async ({ open, ...fault }) => {
    const { code, why, hint } = fault;
    const broker = await open("test-client");
    onTestFinished(() => broker.stop().then(() => {}));
    const { root } = createProject({ config: `export default { prefix: "test-client" };`, jobs });

    const startMs = performance.now();
    const enqueued = createClient({ cwd: root, broker: broker.url }).then(async (client) => {
      await using closing = client;
      return await closing.enqueue("shop.mark", {});
    });

    await expect(enqueued).rejects.toMatchObject({ code, hint, message: expect.stringMatching(new RegExp(`${why}$`)) });
    expect(performance.now() - startMs).toBeLessThan(5_000 + slackMs);
  },
);

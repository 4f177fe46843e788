import { expect, test } from "vitest";
import { matchRoute } from "../../../src/serve/dashboard/match-route.ts";

test.each([
  ["/", "/", {}],
  ["/api/queues", "/api/queues", {}],
  ["/queue/:queueName", "/queue/mail", { queueName: "mail" }],
  ["/queue/:queueName/:jobId", "/queue/a%2Fb/t-1%3A2", { queueName: "a/b", jobId: "t-1:2" }],
  ["/queue/:queueName", "/queue/mail/1", undefined],
  ["/queue/:queueName", "/queue", undefined],
  ["/queue/:queueName", "/queue/%E0%A4%A", undefined],
  ["/queue/:queueName", "/cue/mail", undefined],
])("%s and %s give %o", (pattern, path, params) => {
  expect(matchRoute(pattern, path)).toEqual(params);
});

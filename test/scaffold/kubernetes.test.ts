import { expect, test } from "vitest";
import { parse } from "yaml";
import { generateKubernetes } from "../../src/scaffold/kubernetes.ts";
import { facts } from "./facts.ts";

function read(of: typeof facts) {
  const deployment = parse(generateKubernetes(of), { strict: true });
  const { spec } = deployment.spec.template;
  return { deployment, spec, worker: spec.containers[0] };
}

test("a pod has the time to close that the config asks for, and no preStop", () => {
  expect(read(facts).spec.terminationGracePeriodSeconds).toBe(30);
  expect(read({ ...facts, shutdownTimeoutMs: 120_000 }).spec.terminationGracePeriodSeconds).toBe(125);
  expect(read(facts).worker).not.toHaveProperty("lifecycle");
});

test("a worker has as few rights as can be", () => {
  const { spec, worker } = read(facts);

  expect(spec.automountServiceAccountToken).toBe(false);
  expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
  expect(worker.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  });
  expect(worker.resources).toMatchObject({ requests: { memory: "256Mi" }, limits: { memory: "512Mi" } });
});

test("the broker's URL is a file of a Secret, which the worker's group may read", () => {
  const { spec, worker } = read(facts);
  const { value } = worker.env.find(({ name }: { name: string }) => name === "TASKQ_BROKER_URL_FILE");
  const [mount] = worker.volumeMounts;
  const { secret } = spec.volumes.find(({ name }: { name: string }) => name === mount.name);

  expect(`${mount.mountPath}/${secret.items[0].path}`).toBe(value);
  expect(secret).toMatchObject({ secretName: "shop-worker", items: [{ key: "broker-url" }] });
  expect(generateKubernetes(facts)).toContain("create secret generic shop-worker --from-literal=broker-url=");
});

test("the pods are those that the Deployment selects", () => {
  const { deployment } = read(facts);
  expect(deployment.spec.template.metadata.labels).toEqual(deployment.spec.selector.matchLabels);
});

test("without HTTP there are no probes", () => {
  const { worker } = read(facts);
  expect(Object.keys(worker).filter((key) => /probe|ports/i.test(key))).toEqual([]);
  expect(worker.command).not.toContain("--http");
});

test("with HTTP the kubelet can ask, and metrics have a token", () => {
  const { worker } = read({ ...facts, httpPort: 7433 });

  expect(worker.command.slice(-2)).toEqual(["--http", "0.0.0.0:7433"]);
  expect(worker.ports).toEqual([{ name: "health", containerPort: 7433 }]);
  expect(worker.livenessProbe.httpGet).toEqual({ path: "/livez", port: "health" });
  expect(worker.readinessProbe.httpGet).toEqual({ path: "/readyz", port: "health" });
  expect(worker.startupProbe.httpGet).toEqual({ path: "/livez", port: "health" });
  expect(worker.env).toContainEqual({
    name: "TASKQ_HTTP_TOKEN",
    valueFrom: { secretKeyRef: { name: "shop-worker", key: "http-token" } },
  });
});

test("names that YAML or Kubernetes would take for something else stay texts", () => {
  const { deployment, worker } = read({ ...facts, slug: "true", configFile: 'di st/a: #$(HOME) "b".js' });

  expect(deployment.spec.selector.matchLabels["app.kubernetes.io/name"]).toBe("true");
  expect(worker.command.at(-1)).toBe('di st/a: #$$(HOME) "b".js');
});

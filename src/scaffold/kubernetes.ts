import type { ShipFacts } from "./facts.ts";
import { graceSeconds } from "./grace.ts";
import { workerWords } from "./worker-words.ts";

/** A Deployment of workers. The broker's URL and, with health, the token of metrics come from a Secret. */
export function generateKubernetes(facts: ShipFacts): string {
  const { slug, httpPort, shutdownTimeoutMs } = facts;
  // Kubelets ask from outside of the container: loopback would not do.
  const words = workerWords(facts, ...(httpPort === undefined ? [] : ["--http", `0.0.0.0:${httpPort}`]));
  const literals = ["broker-url=redis://…", ...(httpPort === undefined ? [] : ["http-token=…"])];

  // "$(" would begin a reference to a variable.
  const command = words.map((word) => `            - ${JSON.stringify(word.replaceAll("$(", "$$$$("))}`).join("\n");

  return `# Made by \`taskq generate kubernetes\`. The Secret is made once:
#   kubectl create secret generic ${slug}-worker ${literals.map((each) => `--from-literal=${each}`).join(" ")}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${slug}-worker
  labels: { app.kubernetes.io/name: "${slug}", app.kubernetes.io/component: worker }
spec:
  replicas: 2
  selector:
    matchLabels: { app.kubernetes.io/name: "${slug}", app.kubernetes.io/component: worker }
  template:
    metadata:
      labels: { app.kubernetes.io/name: "${slug}", app.kubernetes.io/component: worker }
    spec:
      # The worker closes within its shutdownTimeout of ${shutdownTimeoutMs / 1_000} s and two seconds. No preStop: nothing has to be led away
      # from a worker, it takes no more jobs at SIGTERM itself, and a preStop would use up this very time.
      terminationGracePeriodSeconds: ${graceSeconds(shutdownTimeoutMs)}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        runAsGroup: 1000
        fsGroup: 1000
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: worker
          # Yours, by version or digest.
          image: ${slug}:latest
          command:
${command}
          env:
            - { name: TASKQ_BROKER_URL_FILE, value: /run/secrets/taskq/broker-url }
${httpPort === undefined ? noProbes : probes(slug, httpPort)}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          # A beginning: measure, then set them.
          resources:
            requests: { cpu: 100m, memory: 256Mi }
            limits: { memory: 512Mi }
          volumeMounts:
            - { name: broker, mountPath: /run/secrets/taskq, readOnly: true }
            - { name: tmp, mountPath: /tmp }
      volumes:
        - name: broker
          secret:
            secretName: ${slug}-worker
            defaultMode: 0440
            items: [{ key: broker-url, path: broker-url }]
        - { name: tmp, emptyDir: {} }
`;
}

const noProbes = "          # No probes: they need health over HTTP, see --http.";

function probes(slug: string, port: number): string {
  return `            # Metrics beyond loopback need a token; the probes do not.
            - name: TASKQ_HTTP_TOKEN
              valueFrom: { secretKeyRef: { name: ${slug}-worker, key: http-token } }
          ports:
            - { name: health, containerPort: ${port} }
          startupProbe:
            httpGet: { path: /livez, port: health }
            periodSeconds: 2
            failureThreshold: 30
          # Patient, since a handler that blocks the loop for a while is no reason to kill all others.
          livenessProbe:
            httpGet: { path: /livez, port: health }
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet: { path: /readyz, port: health }
            periodSeconds: 5
            timeoutSeconds: 5`;
}

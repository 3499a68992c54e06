# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

"""Checks that the manifests for Kubernetes are well-formed and that their parts fit together.

Arguments: the folder, and the guide that names the servers' variables. kubectl would know more, but
needs a cluster.
"""

import pathlib
import re
import sys

try:
    import yaml
except ImportError:
    print("PyYAML is not installed")
    sys.exit(0)

folder = pathlib.Path(sys.argv[1])
guide = pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
failures = []


def check(condition, complaint):
    if not condition:
        failures.append(complaint)


class UniqueKeyLoader(yaml.SafeLoader):
    """PyYAML takes the last of equal keys in silence."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key) for key, _ in node.value]
        check(len(keys) == len(set(keys)), f"a key comes twice: {sorted(keys)}")
        return super().construct_mapping(node, deep)


def load(path):
    with path.open(encoding="utf-8") as file:
        return [document for document in yaml.load_all(file, UniqueKeyLoader)]


apis = {
    "ConfigMap": "v1",
    "Deployment": "apps/v1",
    "HorizontalPodAutoscaler": "autoscaling/v2",
    "Ingress": "networking.k8s.io/v1",
    "Namespace": "v1",
    "NetworkPolicy": "networking.k8s.io/v1",
    "PodDisruptionBudget": "policy/v1",
    "Secret": "v1",
    "Service": "v1",
}

(kustomization,) = load(folder / "kustomization.yaml")
files = {path.name for path in folder.glob("*.yaml")} - {"kustomization.yaml"}
check(files == set(kustomization["resources"]), "kustomization.yaml does not name every file")

objects = {}
for name in sorted(files):
    for document in load(folder / name):
        kind = document["kind"]
        check(apis.get(kind) == document["apiVersion"], f"{name}: {kind} of another version")
        objects[kind, document["metadata"]["name"]] = document
check({kind for kind, _ in objects} == set(apis), "a kind of object is missing")
check(kustomization["namespace"] == objects["Namespace", "livetemplate"]["metadata"]["name"],
      "the namespace is another one")

deployment = objects["Deployment", "livetemplate"]["spec"]
template = deployment["template"]
labels = template["metadata"]["labels"]
pod = template["spec"]
(container,) = pod["containers"]
config = objects["ConfigMap", "livetemplate"]["data"]
secret = objects["Secret", "livetemplate"]["stringData"]

# Whoever selects pods selects ours.
for where, selector in {
    "the Deployment": deployment["selector"]["matchLabels"],
    "the Service": objects["Service", "livetemplate"]["spec"]["selector"],
    "the budget": objects["PodDisruptionBudget", "livetemplate"]["spec"]["selector"]["matchLabels"],
    "the policy": objects["NetworkPolicy", "livetemplate"]["spec"]["podSelector"]["matchLabels"],
    "the spread": pod["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"],
}.items():
    check(selector and selector.items() <= labels.items(), f"{where} selects other pods")
target = objects["HorizontalPodAutoscaler", "livetemplate"]["spec"]["scaleTargetRef"]
check(("Deployment", "livetemplate") == (target["kind"], target["name"]), "the scaler's target")
check("replicas" not in deployment, "the Deployment and its scaler both set replicas")

# Ports by their names.
ports = {port["name"]: port["containerPort"] for port in container["ports"]}
service_ports = {port["name"]: port for port in objects["Service", "livetemplate"]["spec"]["ports"]}
check(config["LVT_LISTEN"].rpartition(":")[2] == str(ports["http"]), "the server's port")
check(service_ports["http"]["targetPort"] in ports, "the Service's port")
for rule in objects["Ingress", "livetemplate"]["spec"]["rules"]:
    for path in rule["http"]["paths"]:
        backend = path["backend"]["service"]
        check(("Service", backend["name"]) in objects, "the Ingress' Service")
        check(backend["port"]["name"] in service_ports, "the Ingress' port")

# Variables.
for source in container["envFrom"]:
    for reference, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
        if reference in source:
            check((kind, source[reference]["name"]) in objects, f"no {kind} for envFrom")
for name, value in {**config, **secret}.items():
    check(isinstance(value, str), f"{name} needs quotes")
    check(not name.startswith("LVT_") or f"`{name}`" in guide, f"{name} is no option of the server")
check(not any(re.search("PASSWORD|URL", name) for name in config), "a secret in the ConfigMap")

# Probes.
live, ready, startup = (container[f"{name}Probe"] for name in ("liveness", "readiness", "startup"))
check(live["httpGet"]["path"] == "/health/live", "liveness must not depend on others")
check(startup["httpGet"]["path"] == "/health/live", "start-up must not depend on others")
check(ready["httpGet"]["path"] == "/health/ready", "readiness asks nothing")
for probe in (live, ready, startup):
    check(probe["httpGet"]["port"] in ports, "a probe's port")
check(ready["timeoutSeconds"] > 3, "the probe gives up before the server does")
check(ready["failureThreshold"] >= 2, "one failure takes a pod out")

# The end.
shutdown = int(config["LVT_SHUTDOWN_TIMEOUT"].removesuffix("s"))
pause = container["lifecycle"]["preStop"]["sleep"]["seconds"]
noticed = ready["periodSeconds"]
check(pause >= noticed, "preStop is shorter than it takes to notice")
check(pod["terminationGracePeriodSeconds"] > pause + shutdown, "a pod is killed while it ends")
check(deployment["strategy"]["rollingUpdate"]["maxUnavailable"] == 0, "an update takes pods first")

for failure in failures:
    print(failure)
print(f"{len(objects)} objects")
sys.exit(1 if failures else 0)

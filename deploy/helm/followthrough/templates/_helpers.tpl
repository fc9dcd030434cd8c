{{- define "followthrough.fullname" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "followthrough.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "followthrough.labels" -}}
{{ include "followthrough.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* What a pod may do, and what it may write to. */}}
{{- define "followthrough.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{ toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: data
    emptyDir: {}
  - name: tmp
    emptyDir: {}
  {{- if .Values.kafkaCa }}
  - name: kafka-ca
    secret:
      secretName: {{ required "kafkaCa.secret names the Secret with the certificate" .Values.kafkaCa.secret }}
      items:
        - key: {{ required "kafkaCa.key names the key in that Secret" .Values.kafkaCa.key }}
          path: ca.pem
  {{- end }}
{{- end }}

{{/* A container without its command: dict "root" $ "own" (settings and secrets that go before the shared ones) */}}
{{- define "followthrough.container" -}}
{{- $values := .root.Values -}}
{{- $settings := merge (dict) (.own.settings | default dict) $values.settings -}}
{{- $secrets := merge (dict) (.own.secrets | default dict) $values.secrets -}}
{{- $fullname := include "followthrough.fullname" .root -}}
{{- $_ := required "settings.PUBLIC_URL is the https address that people use" $settings.PUBLIC_URL -}}
{{- $_ = required "settings.KAFKA_BROKERS says where Kafka is, host:port with commas between" $settings.KAFKA_BROKERS -}}
{{- $_ = required "secrets.DATABASE_URL names the Secret and key that hold the address of PostgreSQL" $secrets.DATABASE_URL -}}
{{- $_ = required "secrets.INSTANCE_SECRET names the Secret and key that hold 32 characters or more" $secrets.INSTANCE_SECRET -}}
image: "{{ $values.image.repository }}:{{ $values.image.tag | default .root.Chart.AppVersion }}"
imagePullPolicy: {{ $values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
volumeMounts:
  - name: data
    mountPath: /data
  - name: tmp
    mountPath: /tmp
  {{- if $values.kafkaCa }}
  - name: kafka-ca
    mountPath: /etc/followthrough/kafka
    readOnly: true
  {{- end }}
env:
  {{- $urls := list }}
  {{- range $name := keys $values.services | sortAlpha }}
  {{- $urls = append $urls (printf "%s=http://%s-%s:4000" $name $fullname $name) }}
  {{- end }}
  - name: SERVICE_URLS
    value: {{ join "," $urls | quote }}
  {{- if $values.kafkaCa }}
  - name: KAFKA_TLS_CA
    value: /etc/followthrough/kafka/ca.pem
  {{- end }}
  {{- range $name := keys $settings | sortAlpha }}
  - name: {{ $name }}
    value: {{ get $settings $name | quote }}
  {{- end }}
  {{- range $name := keys $secrets | sortAlpha }}
  {{- $reference := get $secrets $name }}
  - name: {{ $name }}
    valueFrom:
      secretKeyRef:
        name: {{ $reference.secret }}
        key: {{ $reference.key }}
  {{- end }}
{{- end }}

import { z } from 'zod';

const collector = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    message: 'the http:// or https:// address of an OpenTelemetry collector, such as http://10.0.0.1:4318',
  });
const protocol = z.literal('http/json', { message: 'http/json' });
const ratio = z.string().refine((text) => text.trim() !== '' && Number(text) >= 0 && Number(text) <= 1, {
  message: 'a number from 0 to 1',
});

/**
 * OpenTelemetry's own variables, as far as they decide whether there are traces or could be set to what cannot be done,
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/. The SDK reads these and the others.
 */
export const tracesVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: protocol.optional(),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol.optional(),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none'], { message: 'otlp or none' }).default('otlp'),
  OTEL_SDK_DISABLED: z.string().optional(),
  OTEL_TRACES_SAMPLER: z
    .enum(
      [
        'always_on',
        'always_off',
        'traceidratio',
        'parentbased_always_on',
        'parentbased_always_off',
        'parentbased_traceidratio',
      ],
      { message: 'always_on, always_off or traceidratio, with parentbased_ before it or not' },
    )
    .optional(),
  OTEL_TRACES_SAMPLER_ARG: ratio.optional(),
};

type Values = z.infer<z.ZodObject<typeof tracesVariables>>;

/** Whether the environment names a collector and does not say that there are to be no traces. */
export function tracesAsked(values: Values): boolean {
  const endpoint = values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? values.OTEL_EXPORTER_OTLP_ENDPOINT;
  const off = values.OTEL_TRACES_EXPORTER === 'none' || values.OTEL_SDK_DISABLED?.toLowerCase() === 'true';
  return endpoint !== undefined && !off;
}

// `node ready.mjs [SERVICE]`: for health checks, which have no curl in the image.
const service = process.argv[2] ?? 'portal';
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/api/${service}/v1/ready`).catch(() => null);
process.exit(answer?.ok ? 0 : 1);

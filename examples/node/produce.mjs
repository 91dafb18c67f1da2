// Produces storefront events to Searchloop's Kafka, as Avro in Confluent's wire format.
//
//   npm ci
//   node produce.mjs --broker 127.0.0.1:9092 --registry http://127.0.0.1:8082 --events 1000

import { parseArgs } from 'node:util';
import registryClient from '@confluentinc/schemaregistry';
import kafkajs from 'kafkajs';
import { shopping } from './events.mjs';

const { AvroSerializer, SchemaRegistryClient, SerdeType } = registryClient;
const { CompressionTypes, Kafka, logLevel } = kafkajs;
const BATCH = 500;

const { values: options } = parseArgs({
  options: {
    broker: { type: 'string', default: '127.0.0.1:9092' },
    registry: { type: 'string', default: 'http://127.0.0.1:8082' },
    topic: { type: 'string', default: 'search.events.v1' },
    events: { type: 'string', default: '1000' },
    prefix: { type: 'string', default: `node-${Date.now()}` },
  },
});
const count = Number(options.events);
if (!Number.isInteger(count) || count < 1) {
  console.error(`--events is ${options.events}, expected a whole number from 1.`);
  process.exit(2);
}

// The schema is registered when the loop starts; a storefront never registers one.
const registry = new SchemaRegistryClient({ baseURLs: [options.registry] });
const serializer = new AvroSerializer(registry, SerdeType.VALUE, {
  autoRegisterSchemas: false,
  useLatestVersion: true,
});
const kafka = new Kafka({
  clientId: 'example-storefront',
  brokers: [options.broker],
  logLevel: logLevel.ERROR,
});
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });

/** One message: the visitor is the key, so that a visitor's events stay in order. */
async function message(event) {
  return { key: event.client_id, value: await serializer.serialize(options.topic, event) };
}

async function send(batch) {
  await producer.send({
    topic: options.topic,
    acks: -1, // all replicas
    compression: CompressionTypes.GZIP,
    messages: await Promise.all(batch.map(message)),
  });
}

await producer.connect();
const started = Date.now();
let produced = 0;
let batch = [];
for (const event of shopping({ events: count, prefix: options.prefix, startMs: started })) {
  batch.push(event);
  if (batch.length === BATCH) {
    await send(batch);
    produced += batch.length;
    batch = [];
  }
}
if (batch.length > 0) {
  await send(batch);
  produced += batch.length;
}
await producer.disconnect();
console.log(JSON.stringify({ produced, seconds: (Date.now() - started) / 1000 }));
process.exit(0); // the registry client keeps timers

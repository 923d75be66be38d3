// An Express app and nothing else: what the pages are compared to. Sends what the file ANSWERS says, by address.
import { readFileSync } from 'node:fs';
import express from 'express';

/** What it sends for each address: headers, and the body in base64 where it is packed. */
export type BareAnswers = Record<string, { headers: Record<string, string>; text?: string; packed?: string }>;

const { ANSWERS, PORT } = process.env;
const answers: BareAnswers = ANSWERS ? JSON.parse(readFileSync(ANSWERS, 'utf8')) : {};
const bodies = new Map(
  Object.entries(answers).map(([address, { headers, text, packed }]) => [
    address,
    { headers, body: packed === undefined ? text : Buffer.from(packed, 'base64') },
  ]),
);
const app = express();
app.get('/*path', (req, res) => {
  const answer = bodies.get(req.originalUrl);
  if (!answer) return void res.status(404).end();
  res.set(answer.headers).send(answer.body);
});
app.listen(Number(PORT), '127.0.0.1');

import { type Asked, createBreaker } from '../../server/legislators/breaker.ts';

let ms = 0;
beforeEach(() => {
  ms = Date.parse('2026-11-24T12:00:00Z');
});

type End = 'answers' | 'is down';
const open = (within_ms = 60_000) =>
  createBreaker<End>({
    isOutage: (answer) => answer === 'is down',
    now: () => new Date(ms),
    within_ms,
    outages: 3,
    rest_ms: 1000,
    at_once: 4,
  });
type Breaker = ReturnType<typeof open>;

/** Asks some times, one after the other; gives what came of the last. */
async function ask(breaker: Breaker, end: End, times = 1): Promise<Asked<End>> {
  for (let index = 1; index < times; index += 1) await breaker.ask(async () => end);
  return breaker.ask(async () => end);
}

/** A question that is under way until it is told how it ends. */
function begin(breaker: Breaker) {
  let tell: (end: End) => void = () => undefined;
  const asked = breaker.ask(
    () =>
      new Promise((resolve) => {
        tell = resolve;
      }),
  );
  return {
    end: (end: End) => {
      tell(end);
      return asked;
    },
  };
}

const ANSWERED = { answer: 'answers' };
const RESTING = { missed: 'resting' };

test('outages that are not in a row do not lead to a rest', async () => {
  const breaker = open();
  await ask(breaker, 'is down', 2);
  await ask(breaker, 'answers');
  await ask(breaker, 'is down', 2);
  expect(await ask(breaker, 'answers')).toEqual(ANSWERED);
});

test('after three outages in a row it rests for its time, and not a millisecond longer', async () => {
  const breaker = open();
  expect(await ask(breaker, 'is down', 3)).toEqual({ answer: 'is down' });
  expect(await ask(breaker, 'answers')).toEqual(RESTING);
  ms += 999;
  expect(await ask(breaker, 'answers')).toEqual(RESTING);
  ms += 1;
  expect(await ask(breaker, 'answers')).toEqual(ANSWERED);
});

test('outages that were under way together count in the order in which they end', async () => {
  const breaker = open();
  const questions = [begin(breaker), begin(breaker), begin(breaker)];
  await Promise.all(questions.map(({ end }) => end('is down')));
  expect(await ask(breaker, 'answers')).toEqual(RESTING);
});

test('after a rest one question goes through, and the others are spared the wait until it is answered', async () => {
  const breaker = open();
  await ask(breaker, 'is down', 3);
  ms += 1000;
  const trial = begin(breaker);
  expect(await ask(breaker, 'answers')).toEqual(RESTING);
  expect(await trial.end('answers')).toEqual(ANSWERED);
  await ask(breaker, 'is down', 2);
  expect(await ask(breaker, 'answers')).toEqual(ANSWERED);
});

test('an outage after a rest is enough for the next rest', async () => {
  const breaker = open();
  await ask(breaker, 'is down', 3);
  ms += 1000;
  await ask(breaker, 'is down');
  expect(await ask(breaker, 'answers')).toEqual(RESTING);
  ms += 1000;
  expect(await ask(breaker, 'answers')).toEqual(ANSWERED);
});

test('beyond what may be under way it is busy, until one has ended', async () => {
  const breaker = open();
  const questions = Array.from({ length: 4 }, () => begin(breaker));
  expect(await ask(breaker, 'answers')).toEqual({ missed: 'busy' });
  await questions[0]!.end('answers');
  expect(await ask(breaker, 'answers')).toEqual(ANSWERED);
  for (const { end } of questions) await end('answers');
});

test('nobody waits for a question that does not end, it is told that the time is up, and it counts as an outage', async () => {
  const breaker = open(5);
  const deadlines: AbortSignal[] = [];
  const never = (deadline: AbortSignal) => {
    deadlines.push(deadline);
    return new Promise<End>(() => undefined);
  };
  for (let index = 0; index < 3; index += 1) expect(await breaker.ask(never)).toEqual({ missed: 'late' });
  expect(deadlines.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  expect(await ask(breaker, 'answers')).toEqual(RESTING);
});

test('what a question throws comes through, and leads to no rest', async () => {
  const breaker = open();
  const broken = async () => {
    throw new TypeError('a bug');
  };
  for (let index = 0; index < 4; index += 1) await expect(breaker.ask(broken)).rejects.toThrow('a bug');
  expect(await ask(breaker, 'answers')).toEqual(ANSWERED);
});

test.each([
  ['set back by an hour', -3_600_000],
  ['put forward by a day', 86_400_000],
])('a clock that is %s lengthens no rest', async (_how, jump) => {
  const breaker = open();
  await ask(breaker, 'is down', 3);
  ms += jump;
  expect(await ask(breaker, 'answers')).toEqual(ANSWERED);
});

// Does the sum that the page asks for, then shows the button that goes on: nothing is sent by itself.
import { deriveKey } from './altcha/algorithms/web/pbkdf2.js';
import { solveChallenge } from './altcha/pow.js';

const field = document.querySelector('#challenge');
const state = document.querySelector('#challenge-state');

async function solve() {
  const challenge = JSON.parse(field.dataset.challenge);
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error('not solved in time');
  const { counter, derivedKey } = solution;
  field.value = JSON.stringify({ challenge, solution: { counter, derivedKey } });
}

state.textContent = state.dataset.working;
solve().then(
  () => {
    state.textContent = state.dataset.done;
    document.querySelector('#go-on').hidden = false;
  },
  () => {
    state.textContent = state.dataset.failed;
  },
);

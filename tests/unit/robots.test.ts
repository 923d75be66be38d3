import { isRobot, rememberAgents } from '../../server/web/robots.ts';
import { until } from '../support/until.ts';

test('a browser is none, a robot and what says nothing are, asked once or again', () => {
  for (let asked = 0; asked < 2; asked += 1) {
    expect(isRobot('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(false);
    expect(isRobot('Googlebot/2.1 (+http://www.google.com/bot.html)')).toBe(true);
    expect(isRobot('')).toBe(true);
  }
});

test('what a browser calls itself is let go of after a while though nobody else comes, and no process stays alive for that', async () => {
  const agents = rememberAgents(30);
  const waiting = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = waiting();
  agents.set('Mozilla/5.0', false);
  expect(agents.size).toBe(1);
  expect(waiting()).toBe(before);
  await until(() => agents.size === 0);
});

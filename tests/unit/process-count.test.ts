import { processCount } from '../../server/start/process-count.ts';

test('there is a process for each core on PostgreSQL, one on SQLite, and as many as a setting says', () => {
  const [postgres, sqlite] = ['postgres://localhost/statehouse', 'sqlite:./data/statehouse.db'];
  expect(processCount({ processes: 'auto', database_url: postgres }, 2)).toBe(2);
  expect(processCount({ processes: 'auto', database_url: postgres }, 64)).toBe(8);
  expect(processCount({ processes: 'auto', database_url: sqlite }, 64)).toBe(1);
  expect(processCount({ processes: 12, database_url: postgres }, 2)).toBe(12);
});

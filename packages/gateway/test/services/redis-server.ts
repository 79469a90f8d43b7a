import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startService, type Service } from './service.ts';

/** Starts `redis-server` in a folder of its own below `folder`. */
export async function startRedis(folder: string, port: number, ...settings: string[]): Promise<Service> {
  const dir = join(folder, `redis-${port}`);
  await mkdir(dir, { recursive: true });
  const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no'];
  return startService('redis-server', [...own, ...settings], port);
}

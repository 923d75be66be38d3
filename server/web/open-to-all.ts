import type { Response } from 'express';

/** Lets pages of any site read or show the answer, and says who may keep it and for how long. */
export function openToAll(res: Response, caching: string): Response {
  return res.set({
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': caching,
  });
}

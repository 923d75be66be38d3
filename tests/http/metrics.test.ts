import { request } from 'node:http';
import { startStubGeocoder } from '../support/stub-geocoder.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { until } from '../support/until.ts';

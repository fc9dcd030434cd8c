import { readConfig } from './config';

describe('readConfig', () => {
  it('asks the instance on this machine unless told otherwise', () => {
    expect(readConfig({}, '/here')).toEqual({ url: 'http://127.0.0.1:4000', token: '', folder: '/here' });
    expect(readConfig({ FT_URL: 'https://follow.example/', FT_TOKEN: 's' }, '/here')).toMatchObject({
      url: 'https://follow.example',
      token: 's',
    });
  });

  it('knows where the person stands who came through npm run ft', () => {
    expect(readConfig({ npm_lifecycle_event: 'ft', INIT_CWD: '/there' }, '/repository').folder).toBe(
      '/there',
    );
    expect(readConfig({ npm_lifecycle_event: 'test', INIT_CWD: '/there' }, '/here').folder).toBe('/here');
  });
});

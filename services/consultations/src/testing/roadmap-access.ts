/** Which permission each route of roadmaps asks for, written by hand. */
export const roadmapAccess: Record<string, string> = {
  'GET /roadmaps': 'public',
  'POST /roadmaps': 'roadmaps.write',
  'GET /roadmaps/:id': 'public',
  'PATCH /roadmaps/:id': 'roadmaps.write',
  'POST /roadmaps/:id/steps': 'roadmaps.adopt',
  'GET /roadmaps/:id/versions': 'public',
  'GET /roadmaps/:id/differences': 'public',
  'GET /roadmaps/:id/rejects': 'roadmaps.drafts.read',
  'GET /actions': 'public',
  'POST /roadmaps/:id/actions': 'roadmaps.write',
  'GET /roadmaps/:id/actions/:actionId': 'public',
  'PUT /roadmaps/:id/actions/:actionId': 'roadmaps.write',
  'POST /roadmaps/:id/actions/:actionId/removal': 'roadmaps.write',
  'POST /roadmaps/:id/actions/:actionId/steps': 'roadmaps.drafts.read',
  'POST /roadmaps/:id/indicators/:indicatorId/values': 'roadmaps.write',
};

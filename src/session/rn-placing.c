/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job is a snapshot of references: all sources, the joint network and what is known already. Its
 * outcome takes the place of the one before. While one runs, what is asked for meanwhile waits. */
#include "session/rn-placing.h"

#include <math.h>

#include "model/rn-datum.h"
#include "model/rn-place.h"

static void
sample_incident (gconstpointer thing, GArray *samples)
{
  const RnIncident *incident = thing;

  if (incident->located)
    rn_datum_sample_line (&incident->at, 1, samples);
}

static void
sample_work (gconstpointer thing, GArray *samples)
{
  const RnWork *work = thing;

  rn_datum_sample_line (work->line, work->n_line, samples);
}

static void
sample_device (gconstpointer thing, GArray *samples)
{
  const RnDevice *device = thing;

  if (device->located)
    rn_datum_sample_line (&device->at, 1, samples);
}

/* The lists that are placed; a further one is a line here. */
#define N_LISTS 3
static const struct {
  RnFeedKind kind;
  gsize at; /* offset of the GPtrArray * in RnFrameParts */
  GPtrArray *(*place) (const GPtrArray *things, const RnJoin *join, GPtrArray *unjoined);
  void (*sample) (gconstpointer thing, GArray *samples);
} lists[N_LISTS] = {
  { RN_FEED_INCIDENTS, G_STRUCT_OFFSET (RnFrameParts, incidents), rn_place_incidents,
    sample_incident },
  { RN_FEED_WORKS, G_STRUCT_OFFSET (RnFrameParts, works), rn_place_works, sample_work },
  { RN_FEED_WORKS, G_STRUCT_OFFSET (RnFrameParts, devices), rn_place_devices, sample_device },
};

/* One source: what it gives, and what became of that. */
typedef struct {
  char *name;
  RnCrs crs;
  RnNetwork *network;           /* its own; empty where it has none */
  RnJoin *join;                 /* over it; NULL */
  GPtrArray *given[N_LISTS];    /* as the source holds them; NULL none */
  GPtrArray *placed[N_LISTS];   /* NULL: not placed */
  GPtrArray *unjoined[N_LISTS]; /* ids */
  char *list_warning[N_LISTS];
  char *network_warning;
} Part;

/* All sources at one moment. Refcounted: the worker holds it too. */
typedef struct {
  RnNetwork *joint;
  RnJoin *join;     /* over it; NULL until one is needed */
  GPtrArray *parts; /* Part */
} Snapshot;

struct _RnPlacing {
  GObject parent_instance;
  Snapshot *done;    /* the last outcome; NULL before the first */
  Snapshot *running; /* what the worker is at: its lists and networks may be read, no more */
  Snapshot *waiting; /* asked for meanwhile */
  RnNetwork *joint;  /* of the last update */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (RnPlacing, rn_placing, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void start (RnPlacing *self, Snapshot *snapshot);

/* ---- snapshots ----------------------------------------------------------------------------- */

static GPtrArray *
ref_list (GPtrArray *list)
{
  return list != NULL ? g_ptr_array_ref (list) : NULL;
}

static void
part_free (Part *self)
{
  for (guint k = 0; k < N_LISTS; k++)
    {
      g_clear_pointer (&self->given[k], g_ptr_array_unref);
      g_clear_pointer (&self->placed[k], g_ptr_array_unref);
      g_clear_pointer (&self->unjoined[k], g_ptr_array_unref);
      g_free (self->list_warning[k]);
    }
  g_clear_pointer (&self->join, rn_join_unref);
  rn_network_unref (self->network);
  g_free (self->network_warning);
  g_free (self->name);
  g_free (self);
}

static void
snapshot_clear (gpointer data)
{
  Snapshot *self = data;

  g_ptr_array_unref (self->parts);
  g_clear_pointer (&self->join, rn_join_unref);
  rn_network_unref (self->joint);
}

static void
snapshot_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, snapshot_clear);
}

static gboolean
has_network (const Part *part)
{
  return part->network->n_sections > 0;
}

static Part *
part_new (RnSource *source, const RnFrameParts *parts)
{
  const RnSourceSpec *spec = rn_source_get_spec (source);
  RnJoin *join = rn_source_get_join (source);
  Part *self = g_new0 (Part, 1);

  self->name = g_strdup (spec->name);
  self->crs = spec->crs;
  self->network = rn_network_ref (parts->network);
  self->join = join != NULL ? rn_join_ref (join) : NULL;
  for (guint k = 0; k < N_LISTS && !has_network (self); k++)
    self->given[k] = ref_list (G_STRUCT_MEMBER (GPtrArray *, parts, lists[k].at));
  return self;
}

static Part *
find_part (const Snapshot *self, const char *name)
{
  for (guint i = 0; self != NULL && i < self->parts->len; i++)
    {
      Part *part = self->parts->pdata[i];

      if (g_strcmp0 (part->name, name) == 0)
        return part;
    }
  return NULL;
}

static gboolean
same_network (const Part *a, const Part *b)
{
  return a->crs == b->crs && a->network == b->network && a->join == b->join
         && g_str_equal (a->name, b->name);
}

/* Whether nothing changed but, perhaps, lists. */
static gboolean
same_networks (const Snapshot *a, const Snapshot *b)
{
  if (a == NULL || a->joint != b->joint || a->parts->len != b->parts->len)
    return FALSE;
  for (guint i = 0; i < a->parts->len; i++)
    if (!same_network (a->parts->pdata[i], b->parts->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
same_snapshot (const Snapshot *a, const Snapshot *b)
{
  if (!same_networks (a, b))
    return FALSE;
  for (guint i = 0; i < a->parts->len; i++)
    for (guint k = 0; k < N_LISTS; k++)
      if (((Part *) a->parts->pdata[i])->given[k] != ((Part *) b->parts->pdata[i])->given[k])
        return FALSE;
  return TRUE;
}

/* ---- in the worker ------------------------------------------------------------------------- */

/* What samples of @part say against the networks of the others; @until: only the first so many. */
static char *
judge (const Snapshot *snapshot, const Part *part, guint until, const GArray *samples)
{
  const Part *off = NULL;
  RnDatumFinding worst = { 0 };
  guint n_as_is = 0;

  for (guint i = 0; i < until && samples->len > 0; i++)
    {
      const Part *other = snapshot->parts->pdata[i];
      RnDatumFinding finding;

      if (other == part || other->join == NULL || !has_network (other))
        continue;
      if (rn_datum_judge (samples, part->crs, other->join, other->crs, &finding)
          && finding.n_fits > worst.n_fits)
        {
          worst = finding;
          off = other;
        }
      n_as_is = MAX (n_as_is, finding.n_as_is);
    }
  return off != NULL && rn_datum_stands (&worst, n_as_is) ? rn_datum_dup_text (&worst, off->name)
                                                          : NULL;
}

static void
judge_networks (Snapshot *snapshot)
{
  for (guint i = 1; i < snapshot->parts->len; i++)
    {
      Part *part = snapshot->parts->pdata[i];
      g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (RnDatumSample));

      rn_datum_sample_sections (part->network, samples);
      part->network_warning = judge (snapshot, part, i, samples);
    }
}

static void
place_list (Snapshot *snapshot, Part *part, guint k)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (RnDatumSample));

  part->unjoined[k] = g_ptr_array_new_with_free_func (g_free);
  part->placed[k] = lists[k].place (part->given[k], snapshot->join, part->unjoined[k]);
  for (guint i = 0; i < part->given[k]->len; i++)
    lists[k].sample (part->given[k]->pdata[i], samples);
  part->list_warning[k] = judge (snapshot, part, snapshot->parts->len, samples);
}

static gboolean
any_list (const Snapshot *snapshot)
{
  for (guint i = 0; i < snapshot->parts->len; i++)
    for (guint k = 0; k < N_LISTS; k++)
      if (((Part *) snapshot->parts->pdata[i])->given[k] != NULL)
        return TRUE;
  return FALSE;
}

/* Where there is one network only, its own join does for all. */
static RnJoin *
make_join (const Snapshot *snapshot)
{
  const Part *only = NULL;
  guint n = 0;

  for (guint i = 0; i < snapshot->parts->len; i++)
    if (has_network (snapshot->parts->pdata[i]))
      {
        only = snapshot->parts->pdata[i];
        n++;
      }
  return n == 1 && only->join != NULL ? rn_join_ref (only->join) : rn_join_new (snapshot->joint);
}

static void
work_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Snapshot *snapshot = data;

  if (snapshot->join == NULL && any_list (snapshot))
    snapshot->join = make_join (snapshot);
  for (guint i = 0; i < snapshot->parts->len && !g_cancellable_is_cancelled (cancellable); i++)
    for (guint k = 0; k < N_LISTS; k++)
      {
        Part *part = snapshot->parts->pdata[i];

        if (part->given[k] != NULL && part->placed[k] == NULL)
          place_list (snapshot, part, k);
      }
  g_task_return_boolean (task, TRUE);
}

/* Networks are compared only when they changed: that is the longer part. */
static void
work_all_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  judge_networks (data);
  work_thread (task, source, data, cancellable);
}

/* ---- on the main thread -------------------------------------------------------------------- */

static void
done_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnPlacing) self = data;

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return; /* stopped */
  g_clear_pointer (&self->done, snapshot_unref);
  self->done = g_steal_pointer (&self->running);
  if (self->waiting != NULL)
    start (self, g_steal_pointer (&self->waiting));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What is known of the same list on the same networks. */
static void
take_over (Part *self, const Part *before)
{
  self->network_warning = g_strdup (before->network_warning);
  for (guint k = 0; k < N_LISTS; k++)
    {
      if (self->given[k] == NULL || before->given[k] != self->given[k])
        continue;
      self->placed[k] = g_ptr_array_ref (before->placed[k]);
      self->unjoined[k] = g_ptr_array_ref (before->unjoined[k]);
      self->list_warning[k] = g_strdup (before->list_warning[k]);
    }
}

/* Takes @snapshot; what is known from before is carried over first. */
static void
start (RnPlacing *self, Snapshot *snapshot)
{
  gboolean same = self->done != NULL && same_networks (self->done, snapshot);
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, done_cb, g_object_ref (self));

  if (same && self->done->join != NULL)
    snapshot->join = rn_join_ref (self->done->join);
  for (guint i = 0; same && i < snapshot->parts->len; i++)
    take_over (snapshot->parts->pdata[i], self->done->parts->pdata[i]);
  self->running = snapshot;
  g_task_set_task_data (task, g_atomic_rc_box_acquire (snapshot), snapshot_unref);
  g_task_run_in_thread (task, same ? work_thread : work_all_thread);
}

void
rn_placing_update (RnPlacing *self, RnSource *const *sources, const RnFrameParts *parts, guint n,
                   RnNetwork *joint)
{
  Snapshot *snapshot = g_atomic_rc_box_new0 (Snapshot);
  RnNetwork *before = self->joint;

  self->joint = rn_network_ref (joint);
  g_clear_pointer (&before, rn_network_unref);
  snapshot->joint = rn_network_ref (joint);
  snapshot->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (snapshot->parts, part_new (sources[i], &parts[i]));
  g_clear_pointer (&self->waiting, snapshot_unref);
  if (same_snapshot (self->running != NULL ? self->running : self->done, snapshot)
      || g_cancellable_is_cancelled (self->cancellable))
    snapshot_unref (snapshot);
  else if (self->running != NULL)
    self->waiting = snapshot;
  else
    start (self, snapshot);
}

void
rn_placing_fill (RnPlacing *self, RnSource *source, RnFrameParts *parts)
{
  const Part *part = find_part (self->done, rn_source_get_spec (source)->name);

  if (part == NULL || self->done->joint != self->joint || parts->network != part->network)
    return;
  for (guint k = 0; k < N_LISTS; k++)
    {
      GPtrArray **list = &G_STRUCT_MEMBER (GPtrArray *, parts, lists[k].at);

      if (*list != NULL && part->placed[k] != NULL)
        *list = part->placed[k];
    }
  parts->joint = !has_network (part);
}

static gpointer
copy_id (gconstpointer id, gpointer data)
{
  return g_strdup (id);
}

/* A feed may have several lists. The source itself knows of no network: what it says is void. */
static void
tell_unjoined (const Part *part, guint k, gboolean first, RnFeedStatus *status)
{
  GPtrArray *ids = part->unjoined[k];

  if (!first)
    {
      ids = g_ptr_array_copy (ids, copy_id, NULL);
      g_ptr_array_extend (ids, status->unjoined_ids, copy_id, NULL);
    }
  g_clear_pointer (&status->unjoined_ids, g_ptr_array_unref);
  status->unjoined_ids = first ? g_ptr_array_ref (ids) : ids;
  status->unjoined = ids->len;
  if (status->warning == NULL)
    status->warning = g_strdup (part->list_warning[k]);
}

void
rn_placing_tell (RnPlacing *self, RnFeedStatus *status)
{
  const Part *part = find_part (self->done, status->source);
  gboolean told = FALSE;

  if (part == NULL)
    return;
  if (status->kind == RN_FEED_NETWORK)
    status->warning = g_strdup (part->network_warning);
  for (guint k = 0; k < N_LISTS; k++)
    if (status->kind == lists[k].kind && part->unjoined[k] != NULL)
      {
        tell_unjoined (part, k, !told, status);
        told = TRUE;
      }
}

void
rn_placing_stop (RnPlacing *self)
{
  g_cancellable_cancel (self->cancellable);
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_placing_finalize (GObject *object)
{
  RnPlacing *self = RN_PLACING (object);

  g_clear_pointer (&self->done, snapshot_unref);
  g_clear_pointer (&self->running, snapshot_unref);
  g_clear_pointer (&self->waiting, snapshot_unref);
  g_clear_pointer (&self->joint, rn_network_unref);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (rn_placing_parent_class)->finalize (object);
}

static void
rn_placing_class_init (RnPlacingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rn_placing_finalize;
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_PLACING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
rn_placing_init (RnPlacing *self)
{
  self->cancellable = g_cancellable_new ();
}

RnPlacing *
rn_placing_new (void)
{
  return g_object_new (RN_TYPE_PLACING, NULL);
}

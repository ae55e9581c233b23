/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WZDx, versions 2.0 to 4.2, and CWZ 1.0: public feeds of road works (work zones, detours,
 * restrictions) and of the devices that stand at them. One document a feed, no network. Every
 * feature ends as a work, a device or refused. Pure; runs in a worker. */
#include "feed/rn-adapter-wzdx.h"

#include <string.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "feed/rn-adapter-wzdx-parts.h"

#define MAX_ID_BYTES 200
#define HASH_CHARS 16
#define MAX_POLL_S (366 * 86400.0)

/* ---- ids ---- */

static void
add_to_hash (GChecksum *checksum, const RnJson *place)
{
  g_autofree char *text = rn_json_is_null (place) ? NULL : json_to_string (place->node, FALSE);

  /* With its end, so that one member cannot pass for two. */
  g_checksum_update (checksum, (const guchar *) (text != NULL ? text : ""),
                     text != NULL ? (gssize) strlen (text) + 1 : 1);
}

/* A hash of what makes a feature the same one at the next poll: where it is, which road and
 * carriageway, when it begins, what device; not of what is said of it. */
static char *
hash_identity (const RnJson *feature, const RnJson *p, const RnJson *core)
{
  static const char *const in_core[] = { "event_type",     "device_type", "road_names",
                                         "road_name",      "road_number", "direction",
                                         "road_direction", "name" };
  static const char *const in_properties[] = { "start_date", "beginning_milepost",
                                               "beginning_reference_post", "subidentifier" };
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  add_to_hash (checksum, RN_AT (feature, "geometry"));
  for (guint i = 0; i < G_N_ELEMENTS (in_core); i++)
    add_to_hash (checksum, RN_AT (core, in_core[i]));
  for (guint i = 0; i < G_N_ELEMENTS (in_properties); i++)
    add_to_hash (checksum, RN_AT (p, in_properties[i]));
  return g_strndup (g_checksum_get_string (checksum), HASH_CHARS);
}

static char *
hash_all (const RnJson *feature)
{
  g_autofree char *text = json_to_string (feature->node, FALSE);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strndup (hash, HASH_CHARS);
}

/* The id of a member; NULL when it has none. One that is too long to be handled is shortened. */
static char *
dup_given_id (const RnJson *place, GError **error)
{
  char *id = rn_wzdx_is_empty (place) ? NULL : rn_json_id (place, error);

  if (id == NULL)
    return NULL;
  g_strstrip (id);
  if (strlen (id) > MAX_ID_BYTES)
    {
      char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);

      g_free (id);
      id = hash;
    }
  return id;
}

/* What has been read of a feed so far. */
typedef struct {
  GHashTable *ids;      /* char * */
  GHashTable *contents; /* char *: hashes of whole features of a foreign feed */
} Seen;

static gboolean
is_new (const Seen *seen, const char *id)
{
  return id != NULL && !g_hash_table_contains (seen->ids, id);
}

/* The id of the feature, in versions 2 and 3 of its road event; else one made of what it is. One
 * that was there before gets an addition, for feeds give one id to several schedules of one site;
 * only what is the same in all is refused. */
static char *
dup_foreign_id (const RnWzdxFeed *feed, const RnJson *feature, const RnJson *p, const RnJson *core,
                const Seen *seen, GError **error)
{
  GError *flaw = NULL;
  g_autofree char *id = dup_given_id (RN_AT (feature, "id"), &flaw);
  g_autofree char *identity = NULL, *longer = NULL, *all = hash_all (feature);

  if (id == NULL && flaw == NULL)
    id = dup_given_id (RN_AT (p, "road_event_id"), &flaw);
  rn_wzdx_settle (feed, flaw, error);
  if (g_hash_table_contains (seen->contents, all))
    {
      rn_json_fail (feature, RN_JSON_ERROR_RANGE, error, _("is there twice, the same in all: %s"),
                    id != NULL ? id : all);
      return NULL;
    }
  g_hash_table_add (seen->contents, g_strdup (all));
  if (is_new (seen, id))
    return g_steal_pointer (&id);
  identity = hash_identity (feature, p, core);
  longer = g_strconcat (id != NULL ? id : "no-id", "~", identity, NULL);
  return is_new (seen, longer) ? g_steal_pointer (&longer)
                               : g_strconcat (id != NULL ? id : "no-id", "~", all, NULL);
}

static char *
dup_own_id (const RnJson *feature, const Seen *seen, GError **error)
{
  g_autofree char *id = rn_json_id (RN_AT (feature, "id"), error);

  if (id != NULL && !is_new (seen, id))
    {
      rn_json_fail (RN_AT (feature, "id"), RN_JSON_ERROR_RANGE, error,
                    _("a second one of this id: %s"), id);
      return NULL;
    }
  return g_steal_pointer (&id);
}

/* ---- features ---- */

/* Whether properties are those of versions 2 and 3, which have no core details. */
static gboolean
is_flat (const RnJson *p)
{
  static const char *const keys[] = { "road_event_id", "event_type", "vehicle_impact", "start_date",
                                      "road_name",     "road_names", "device_type" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!rn_wzdx_is_empty (RN_AT (p, keys[i])))
      return TRUE;
  return FALSE;
}

static void
read_feature (const RnWzdxFeed *feed, const RnJson *feature, const Seen *seen, GError **error)
{
  RnJson p = rn_roadnet_properties (feature, error);
  const RnJson *core = RN_AT (&p, "core_details");
  g_autofree char *id = NULL;
  gboolean taken;

  if (*error == NULL && !rn_roadnet_opt_object (core, error)
      && (feed->own != NULL || !is_flat (&p)))
    rn_json_fail (core, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
  if (*error != NULL)
    return;
  if (rn_json_is_null (core))
    core = &p;
  id = feed->own != NULL ? dup_own_id (feature, seen, error)
                         : dup_foreign_id (feed, feature, &p, core, seen, error);
  if (id == NULL)
    return;
  taken = rn_wzdx_is_empty (RN_AT (core, "device_type"))
              ? rn_wzdx_read_event (feed, feature, &p, core, id, error)
              : rn_wzdx_read_device (feed, feature, &p, core, id, error);
  if (taken)
    g_hash_table_add (seen->ids, g_steal_pointer (&id));
}

static gboolean
read_features (const RnWzdxFeed *feed, const RnJson *features, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const Seen seen = { ids, contents };

  if (!rn_roadnet_opt_array (features, error))
    {
      rn_json_fail (features, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
      return FALSE;
    }
  for (guint i = 0; i < rn_json_length (features); i++)
    {
      RnJson feature = rn_json_element (features, i);
      GError *refused = NULL;

      feed->document->n_rows++;
      if (!rn_json_is_object (&feature))
        rn_json_fail (&feature, RN_JSON_ERROR_TYPE, &refused, "%s", _("is not an object"));
      else
        read_feature (feed, &feature, &seen, &refused);
      if (refused != NULL)
        rn_refusals_take_error (feed->document->refusals, refused);
    }
  return TRUE;
}

/* ---- what the feed says of itself ---- */

/* The newest of its sources, for feeds that do not say when they were made. */
static gint64
newest_source_us (const RnJson *info)
{
  const RnJson *list = RN_AT (info, "data_sources");
  gint64 newest_us = 0;

  for (guint i = 0; i < rn_json_length (list); i++)
    {
      RnJson entry = rn_json_element (list, i);
      gint64 at_us = rn_json_opt_time (RN_AT (&entry, "update_date"), NULL);

      newest_us = MAX (newest_us, at_us);
    }
  return newest_us;
}

/* When it was made. A time that is not understood is told, and in a foreign feed no reason to lose
 * its works. */
static gint64
read_observed (const RnWzdxFeed *feed, GError **error)
{
  const RnJson *info = &feed->info;
  GError *flaw = NULL;
  gint64 at_us = rn_wzdx_read_time (RN_AT (info, "update_date"), &flaw);

  if (at_us == 0 && flaw == NULL) /* its name in version 2 */
    at_us = rn_wzdx_read_time (RN_AT (info, "feed_update_date"), &flaw);
  rn_wzdx_settle (feed, flaw, error);
  return at_us == 0 && *error == NULL ? newest_source_us (info) : at_us;
}

/* The interval that the feed asks for: a hint. A wrong one is told, and no reason to lose works. A
 * negative one means "when something happens". */
static gint64
read_poll_hint (const RnWzdxFeed *feed)
{
  GError *flaw = NULL;
  double s = rn_wzdx_read_number (RN_AT (&feed->info, "update_frequency"),
                                  feed->own != NULL ? 0 : -1, MAX_POLL_S, &flaw);

  if (flaw != NULL)
    rn_refusals_take_error (feed->own != NULL ? feed->document->refusals : feed->document->flaws,
                            flaw);
  return s > 0 ? (gint64) (s * RN_SECOND) : 0;
}

/* The name it had up to 4.0 is understood. */
static RnJson
feed_info (const RnJson *root)
{
  RnJson info = rn_json_member (root, "feed_info");

  return rn_json_is_null (&info) ? rn_json_member (root, "road_event_feed_info") : info;
}

static GPtrArray *
new_list (gpointer unref)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) unref);
}

gboolean
rn_wzdx_decode (RnDocument *document, const RnJson *root, const RnDecodeContext *context,
                RnWzdxOwn own, GError **error)
{
  RnWzdxFeed feed = {
    .document = document, .context = context, .info = feed_info (root), .own = own
  };

  if (!rn_roadnet_opt_object (&feed.info, error))
    {
      rn_json_fail (RN_AT (root, "feed_info"), RN_JSON_ERROR_MISSING, error, "%s",
                    _("is missing: not a WZDx feed"));
      return FALSE;
    }
  document->works = new_list (rn_work_unref);
  document->devices = new_list (rn_device_unref);
  document->observed_at_us = read_observed (&feed, error);
  document->poll_hint_us = read_poll_hint (&feed);
  return *error == NULL && read_features (&feed, RN_AT (root, "features"), error);
}

/* ---- the adapter ---- */

/* Works and devices come in documents of their own: one of devices says nothing of works. */
static gboolean
decode_feed (RnDocument *document, const RnJson *root, const RnDecodeContext *context,
             GError **error)
{
  if (!rn_wzdx_decode (document, root, context, NULL, error))
    return FALSE;
  if (document->works->len == 0 && document->devices->len > 0)
    g_clear_pointer (&document->works, g_ptr_array_unref);
  else if (document->devices->len == 0 && document->works->len > 0)
    g_clear_pointer (&document->devices, g_ptr_array_unref);
  return TRUE;
}

static const RnAdapterSlot slots[] = {
  { RN_FEED_WORKS, "works", NULL, 300 * RN_SECOND, FALSE },
};

static int
recognise (const char *name, const char *head, gsize length)
{
  return rn_roadnet_recognise (name, head, length) == RN_ROADNET_WORKS ? 0 : -1;
}

static RnDocument *
decode (RnFeedKind kind, GBytes *const *documents, const RnDecodeContext *context, GError **error)
{
  if (kind != RN_FEED_WORKS || documents[0] == NULL)
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE, _("no document for the feed “%s”"),
                   rn_feed_kind_word (kind));
      return NULL;
    }
  return rn_roadnet_decode_json (kind, documents[0], slots[0].slot, decode_feed, context, error);
}

const RnAdapter rn_adapter_wzdx = {
  .kind = "wzdx",
  .title = N_("WZDx and CWZ: road works and devices"),
  .timezone = NULL,
  .n_slots = G_N_ELEMENTS (slots),
  .slots = slots,
  .recognise = recognise,
  .decode = decode,
};

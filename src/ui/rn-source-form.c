/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fields mean something follows from kind and place. After files were chosen, a worker looks
 * which kind of source they are. Main thread. */
#include "ui/rn-source-form.h"

#include <adwaita.h>

#include "base/rn-i18n.h"
#include "feed/rn-recording.h"
#include "net/rn-http-rules.h"
#include "ui/rn-compat.h"

struct _RnSourceForm {
  GtkWidget parent_instance;
  GtkWidget *box, *list, *kind, *location, *choose_file, *choose_folder, *token, *name, *poll,
      *poll_spin, *rate, *rate_spin, *crs, *plain, *plain_switch, *check;
  RnSourceFormMode mode;
  GtkWidget *check_row; /* that the button stands in; NULL: in the box */
  GPtrArray *kinds;     /* char *, parallel to the model of "kind" */
  RnSourceEntry *entry; /* set last; NULL */
  GtkFileChooserNative *chooser;
  GCancellable *guess;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RnSourceForm, rn_source_form, GTK_TYPE_WIDGET)

enum { CHANGED, CHECK, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- fields ---------------------------------------------------------------------------------- */

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static const char *
get_kind (RnSourceForm *self)
{
  guint i = adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind));

  if (self->mode == RN_SOURCE_FORM_DEMO)
    return RN_SOURCE_DEMO;
  return i < self->kinds->len ? self->kinds->pdata[i] : "";
}

static void
select_kind (RnSourceForm *self, const char *kind)
{
  for (guint i = 0; i < self->kinds->len; i++)
    if (g_str_equal (self->kinds->pdata[i], kind))
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->kind), i);
}

/* All kinds that this program knows; in the full form also the demo, and @besides that it does not
 * know. */
static void
fill_kinds (RnSourceForm *self, const char *besides)
{
  const RnAdapter *const *adapters = rn_adapter_list ();
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char *before = g_strdup (get_kind (self));

  g_ptr_array_set_size (self->kinds, 0);
  for (guint i = 0; adapters[i] != NULL; i++)
    g_ptr_array_add (self->kinds, g_strdup (adapters[i]->kind));
  if (self->mode == RN_SOURCE_FORM_ALL)
    g_ptr_array_add (self->kinds, g_strdup (RN_SOURCE_DEMO));
  if (besides != NULL && !rn_source_kind_is_known (besides))
    g_ptr_array_add (self->kinds, g_strdup (besides));
  for (guint i = 0; i < self->kinds->len; i++)
    gtk_string_list_take (titles, rn_source_kind_title (self->kinds->pdata[i]));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->kind), G_LIST_MODEL (titles));
  select_kind (self, before);
}

static gboolean
is_address (RnSourceForm *self)
{
  if (self->mode != RN_SOURCE_FORM_ALL)
    return self->mode == RN_SOURCE_FORM_ADDRESS;
  return rn_recording_is_address (get_text (self->location));
}

static const char *
location_title (RnSourceForm *self)
{
  switch (self->mode)
    {
    case RN_SOURCE_FORM_ADDRESS:
      return _("Address, such as https://ops.example/v1/");
    case RN_SOURCE_FORM_FOLDER:
      return _("Folder");
    case RN_SOURCE_FORM_FILE:
      return _("File");
    case RN_SOURCE_FORM_DEMO:
    case RN_SOURCE_FORM_ALL:
      break;
    }
  return _("Address, file or folder");
}

/* The text within an entry row is what has the focus, and has no name of its own; neither has the
 * sign that a password row shows. */
static void
name_inner (GtkWidget *widget, const char *name, const char *sign)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_TEXT (child))
        rn_compat_set_name (child, name);
      else if (sign != NULL && GTK_IS_IMAGE (child))
        rn_compat_set_name (child, sign);
      name_inner (child, name, sign);
    }
}

/* Plain http needs a word only where somebody could listen. */
static gboolean
is_plain (RnSourceForm *self)
{
  g_autoptr (GUri) uri = g_uri_parse (get_text (self->location), G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "http")
         && !rn_http_rules_is_loopback (uri);
}

/* The button stands behind the last field that has to be filled; under many it is alone. */
static void
place_check (RnSourceForm *self)
{
  GtkWidget *row = self->mode == RN_SOURCE_FORM_ADDRESS  ? self->token
                   : self->mode == RN_SOURCE_FORM_FOLDER ? self->location
                   : self->mode == RN_SOURCE_FORM_FILE   ? self->location
                                                         : NULL;
  g_autoptr (GtkWidget) check = g_object_ref (self->check);

  if (row == self->check_row)
    return;
  if (self->check_row != NULL)
    adw_entry_row_remove (ADW_ENTRY_ROW (self->check_row), check);
  else
    gtk_box_remove (GTK_BOX (self->box), check);
  if (row != NULL)
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), check);
  else
    gtk_box_append (GTK_BOX (self->box), check);
  self->check_row = row;
}

static void
update_fields (RnSourceForm *self)
{
  gboolean all = self->mode == RN_SOURCE_FORM_ALL, address = is_address (self);
  gboolean demo = g_str_equal (get_kind (self), RN_SOURCE_DEMO);
  gboolean local = all ? *get_text (self->location) != '\0' && !address
                       : self->mode == RN_SOURCE_FORM_FOLDER || self->mode == RN_SOURCE_FORM_FILE;

  gtk_widget_set_visible (self->list, self->mode != RN_SOURCE_FORM_DEMO);
  gtk_widget_set_visible (self->location, !demo);
  gtk_widget_set_visible (self->choose_file, all || self->mode == RN_SOURCE_FORM_FILE);
  gtk_widget_set_visible (self->choose_folder, all || self->mode == RN_SOURCE_FORM_FOLDER);
  gtk_widget_set_visible (self->token, address && !demo);
  gtk_widget_set_visible (self->name, all);
  gtk_widget_set_visible (self->poll, all && address && !demo);
  gtk_widget_set_visible (self->rate, local && !demo);
  gtk_widget_set_visible (self->crs, (all || local) && !demo);
  gtk_widget_set_visible (self->plain, !demo && address && is_plain (self));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->location), location_title (self));
  name_inner (self->location, location_title (self), NULL);
}

static void
changed_cb (RnSourceForm *self)
{
  if (self->filling)
    return;
  update_fields (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
check_cb (RnSourceForm *self)
{
  g_signal_emit (self, signals[CHECK], 0);
}

/* ---- files ----------------------------------------------------------------------------------- */

/* In a worker: the kind that most of the files are of; NULL none. */
static void
guess_job (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  const RnAdapter *const *adapters = rn_adapter_list ();
  const char *best = NULL;
  guint most = 0;

  for (guint i = 0; adapters[i] != NULL; i++)
    {
      g_autoptr (RnRecording) recording =
          rn_recording_scan (adapters[i], data, NULL, cancellable, NULL);
      guint n = recording != NULL ? recording->played->len : 0;

      for (guint s = 0; recording != NULL && s < recording->fixed->len; s++)
        n += recording->fixed->pdata[s] != NULL;
      if (n > most)
        {
          most = n;
          best = adapters[i]->kind;
        }
    }
  g_task_return_pointer (task, (gpointer) best, NULL);
}

static void
guessed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RnSourceForm *self = RN_SOURCE_FORM (object);
  const char *kind = g_task_propagate_pointer (G_TASK (result), NULL);

  if (kind != NULL && self->kinds != NULL)
    select_kind (self, kind);
}

static void
guess_kind (RnSourceForm *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->guess != NULL)
    g_cancellable_cancel (self->guess);
  g_clear_object (&self->guess);
  self->guess = g_cancellable_new ();
  task = g_task_new (self, self->guess, guessed_cb, NULL);
  g_task_set_task_data (task, g_strdup (get_text (self->location)), g_free);
  g_task_run_in_thread (task, guess_job);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, RnSourceForm *self)
{
  g_autoptr (GListModel) files = NULL;
  g_autoptr (GString) location = g_string_new (NULL);

  if (response == GTK_RESPONSE_ACCEPT)
    {
      files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (files, i);

          if (g_file_peek_path (file) != NULL)
            g_string_append_printf (location, "%s%s", location->len > 0 ? "," : "",
                                    g_file_peek_path (file));
        }
      gtk_editable_set_text (GTK_EDITABLE (self->location), location->str);
      guess_kind (self);
    }
  g_clear_object (&self->chooser);
}

static void
choose (RnSourceForm *self, GtkFileChooserAction action, const char *title)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (root), action, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser),
                                        action == GTK_FILE_CHOOSER_ACTION_OPEN);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
choose_file_cb (RnSourceForm *self)
{
  choose (self, GTK_FILE_CHOOSER_ACTION_OPEN, _("Choose Files"));
}

static void
choose_folder_cb (RnSourceForm *self)
{
  choose (self, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("Choose a Folder"));
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_source_form_dispose (GObject *object)
{
  RnSourceForm *self = RN_SOURCE_FORM (object);

  if (self->guess != NULL)
    g_cancellable_cancel (self->guess);
  g_clear_object (&self->guess);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  g_clear_pointer (&self->entry, rn_source_entry_free);
  G_OBJECT_CLASS (rn_source_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, box);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, list);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, kind);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, location);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, choose_file);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, choose_folder);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, token);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, name);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, poll);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, poll_spin);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, rate);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, rate_spin);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, crs);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, plain);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, plain_switch);
  gtk_widget_class_bind_template_child (widget_class, RnSourceForm, check);
}

static void
rn_source_form_class_init (RnSourceFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_source_form_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-source-form.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_SOURCE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[CHECK] = g_signal_new ("check", RN_TYPE_SOURCE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
rn_source_form_init (RnSourceForm *self)
{
  self->kinds = g_ptr_array_new_with_free_func (g_free);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_kinds (self, NULL);
  select_kind (self, "roadnet");
  name_inner (self->token, _("Access token (optional; kept in the keyring)"),
              _("Caps Lock is on"));
  name_inner (self->name, _("Name"), NULL);
  self->filling = FALSE;
  place_check (self);
  update_fields (self);
}

void
rn_source_form_set_mode (RnSourceForm *self, RnSourceFormMode mode)
{
  if (mode == self->mode)
    return;
  self->mode = mode;
  place_check (self);
  self->filling = TRUE;
  fill_kinds (self, NULL);
  self->filling = FALSE;
  changed_cb (self);
}

void
rn_source_form_set_entry (RnSourceForm *self, const RnSourceEntry *entry, const char *token)
{
  const RnSourceSpec *spec = entry->spec;

  g_clear_pointer (&self->entry, rn_source_entry_free);
  self->entry = rn_source_entry_copy (entry);
  self->filling = TRUE;
  fill_kinds (self, spec->adapter);
  select_kind (self, spec->adapter);
  gtk_editable_set_text (GTK_EDITABLE (self->location), spec->location);
  gtk_editable_set_text (GTK_EDITABLE (self->token), token != NULL ? token : "");
  gtk_editable_set_text (GTK_EDITABLE (self->name), spec->name);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->poll_spin),
                             (double) (spec->poll_us / RN_SECOND));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->rate_spin), spec->play_rate);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->crs), spec->crs);
  gtk_switch_set_active (GTK_SWITCH (self->plain_switch), spec->allow_http);
  self->filling = FALSE;
  changed_cb (self);
}

/* Without fields that are not shown: a folder has no token, an address no speed. */
static void
read_fields (RnSourceForm *self, RnSourceSpec *spec)
{
  gboolean address = is_address (self);

  g_free (spec->token);
  spec->token =
      address && *get_text (self->token) != '\0' ? g_strdup (get_text (self->token)) : NULL;
  spec->allow_http = address && gtk_switch_get_active (GTK_SWITCH (self->plain_switch));
  spec->poll_us =
      (gint64) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->poll_spin)) * RN_SECOND;
  spec->play_rate = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->rate_spin));
  spec->crs = (RnCrs) MIN (adw_combo_row_get_selected (ADW_COMBO_ROW (self->crs)), RN_N_CRS - 1);
}

RnSourceEntry *
rn_source_form_dup_entry (RnSourceForm *self)
{
  const char *kind = get_kind (self);
  gboolean demo = g_str_equal (kind, RN_SOURCE_DEMO);
  /* what the simulator is started with is only in the settings */
  const char *arguments = self->entry != NULL && g_str_equal (self->entry->spec->adapter, kind)
                              ? self->entry->spec->location
                              : "";
  g_autofree char *location = g_strstrip (g_strdup (demo ? arguments : get_text (self->location)));
  RnSourceEntry *entry = rn_source_entry_new (kind, location);

  if (self->entry != NULL)
    {
      entry->enabled = self->entry->enabled;
      entry->stored = self->entry->stored != NULL ? g_variant_ref (self->entry->stored) : NULL;
    }
  if (self->mode == RN_SOURCE_FORM_ALL && *get_text (self->name) != '\0')
    {
      g_free (entry->spec->name);
      entry->spec->name = g_strdup (get_text (self->name));
    }
  if (!demo)
    read_fields (self, entry->spec);
  entry->token = entry->spec->token != NULL;
  return entry;
}

void
rn_source_form_set_checking (RnSourceForm *self, gboolean checking)
{
  gtk_button_set_label (GTK_BUTTON (self->check), checking ? _("_Break Off") : _("_Check"));
}

void
rn_source_form_focus_token (RnSourceForm *self)
{
  gtk_widget_grab_focus (self->token);
  gtk_editable_select_region (GTK_EDITABLE (self->token), 0, -1);
}

void
rn_source_form_focus_first (RnSourceForm *self)
{
  gtk_widget_grab_focus (self->mode == RN_SOURCE_FORM_DEMO ? self->check : self->location);
}
